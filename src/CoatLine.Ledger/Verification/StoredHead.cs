using System.Data.Common;
using System.Globalization;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>A line's head as it stands in the file; null where the column does not hold what it should.</summary>
internal sealed record StoredHead(
    LineId? Line, string LineText, long? Seq, string SeqText, ChainHash? Hash, string HashText)
{
    /// <summary>Reads the current row of the query <c>LedgerSql.WalkHeads</c>.</summary>
    public static StoredHead Read(DbDataReader reader)
    {
        byte[]?[] columns = [Column(0), Column(1), Column(2)];
        string[] classes = reader.GetString(3).Split(',');
        string hash = Text(columns[2]);
        return new StoredHead(
            classes[0] == "text" ? LineName.TryParse(columns[0]) : null,
            Text(columns[0]),
            classes[1] == "integer" && long.TryParse(columns[1], CultureInfo.InvariantCulture, out long seq) && seq >= 1
                ? seq
                : null,
            Text(columns[1]),
            classes[2] == "text" && Ledger.HashText.TryParse(hash, out ChainHash parsed) ? parsed : null,
            hash);

        byte[]? Column(int i) => reader.IsDBNull(i) ? null : reader.GetFieldValue<byte[]>(i);
    }

    private static string Text(byte[]? bytes) => bytes is null ? "NULL" : Encoding.UTF8.GetString(bytes);
}
