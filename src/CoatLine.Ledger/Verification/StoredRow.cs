using System.Data.Common;
using System.Globalization;
using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger;

/// <summary>
/// A row as it stands in the file, byte for byte and whatever was done to it. Reading it never fails: what is not as
/// it should be is null, or shows in the storage classes.
/// </summary>
internal sealed class StoredRow
{
    private static readonly string[] Columns =
        ["line", "seq", "id", "type", "batch", "time", "payload", "prevhash", "hash"];

    private readonly byte[]?[] _columns;
    private readonly string[] _classes;

    private StoredRow(byte[]?[] columns, string[] classes)
    {
        _columns = columns;
        _classes = classes;
        Line = classes[0] == "text" ? LineName.TryParse(columns[0]) : null;
        Seq = Number(columns[1]);
        Previous = Hash(columns[7]);
        OwnHash = Hash(columns[8]);
    }

    /// <summary>The line; null when the column holds no valid line name as text.</summary>
    public LineId? Line { get; }

    /// <summary>The line column for people.</summary>
    public string LineText => Text(0);

    /// <summary>The sequence number; null when the column holds no integer from 1.</summary>
    public long? Seq { get; }

    public string SeqText => Text(1);

    public string TimeText => Text(5);

    public string HashText => Text(8);

    public byte[]? Payload => _columns[6];

    public ChainHash? Previous { get; }

    public ChainHash? OwnHash { get; }

    /// <summary>Reads the current row of the query <c>LedgerSql.WalkEvents</c>.</summary>
    public static StoredRow Read(DbDataReader reader)
    {
        var columns = new byte[]?[Columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = reader.IsDBNull(i) ? null : reader.GetFieldValue<byte[]>(i);
        }

        return new StoredRow(columns, reader.GetString(Columns.Length).Split(','));
    }

    /// <summary>Hash of this row's payload at a place of the chain; null when there is no payload to hash.</summary>
    public ChainHash? HashAt(LineId line, long seq, ChainHash? previous) =>
        previous is { } known && seq >= 1 && Payload is { Length: <= EventChain.MaxPayloadBytes } payload
            ? EventChain.Hash(line, seq, known, payload)
            : null;

    /// <summary>The number that the payload itself gives; null when it gives none.</summary>
    public long? SeqInPayload() =>
        long.TryParse(EventAttributes.TryRead(Payload, out _)?.Seq, CultureInfo.InvariantCulture, out long seq)
        && seq >= 1
            ? seq
            : null;

    /// <summary>
    /// What differs between the columns and the payload, as a sentence; null when every copy is a copy to the byte
    /// and every column has the storage class it was written with.
    /// </summary>
    public string? CopyDifference()
    {
        for (int i = 0; i < Columns.Length; i++)
        {
            if (_classes[i] != (i == 1 ? "integer" : "text"))
            {
                return $"column {Columns[i]} is stored as {_classes[i]}";
            }
        }

        if (EventAttributes.TryRead(Payload, out string reason) is not { } said)
        {
            return reason;
        }

        string[] meant = [said.Id, said.Type, said.Subject, said.Time];
        for (int i = 0; i < meant.Length; i++)
        {
            if (!Encoding.UTF8.GetBytes(meant[i]).AsSpan().SequenceEqual(_columns[2 + i]))
            {
                return $"column {Columns[2 + i]} says '{Text(2 + i)}', the payload says '{meant[i]}'";
            }
        }

        return said.PlaceDifference(LineText, Seq ?? 0, Text(7)) is { } place
            ? $"column {place} says something else than the payload"
            : null;
    }

    private string Text(int column) =>
        _columns[column] is { } bytes ? Encoding.UTF8.GetString(bytes) : "NULL";

    private long? Number(byte[]? column) =>
        _classes[1] == "integer" && long.TryParse(column, CultureInfo.InvariantCulture, out long seq) && seq >= 1
            ? seq
            : null;

    private static ChainHash? Hash(byte[]? column) =>
        column is { Length: 2 * ChainHash.Length }
        && Ledger.HashText.TryParse(Encoding.Latin1.GetString(column), out ChainHash hash)
            ? hash
            : null;
}
