namespace CoatLine.Ledger.Models;

/// <summary>The SQL texts of the models, which both databases understand.</summary>
/// <param name="Schema">What stands before the name of a table, with its dot; empty for none.</param>
internal sealed record ModelSql(string Schema)
{
    /// <summary>Positions of all lines.</summary>
    public string ReadPositions => $"SELECT line, seq, hash, skipped, verified FROM {Schema}position ORDER BY line";

    /// <summary>Changes nothing when somebody else has begun the line.</summary>
    public string BeginPosition =>
        $"INSERT INTO {Schema}position(line, seq, hash, skipped, verified) " +
        "VALUES (@line, @to, @hash, @skipped, @verified) ON CONFLICT (line) DO NOTHING";

    /// <summary>Changes nothing when somebody else has moved the line.</summary>
    public string MovePosition =>
        $"UPDATE {Schema}position SET seq = @to, hash = @hash, skipped = @skipped, verified = @verified " +
        "WHERE line = @line AND seq = @from";

    /// <summary>Positions first: whoever is moving one is waited for before the rows go.</summary>
    public string DeleteAll => string.Concat(
        ModelTable.All.Select(static t => t.Name).Prepend("position").Select(t => $"DELETE FROM {Schema}{t};"));

    public string NameOf(ModelTable table) => Schema + table.Name;

    public string Count(ModelTable table) => $"SELECT count(*) FROM {NameOf(table)}";

    /// <summary>Rows in the order of the key.</summary>
    public string Select(ModelTable table) => $"SELECT {Columns(table)} FROM {NameOf(table)} ORDER BY {Key(table)}";

    /// <summary>The same of one batch, or of all, up to a limit.</summary>
    public string List(ModelTable table, bool ofBatch) =>
        $"SELECT {Columns(table)} FROM {NameOf(table)}{(ofBatch ? " WHERE batch = @batch" : "")} " +
        $"ORDER BY {Key(table)} LIMIT @limit";

    /// <summary>Of each alarm the last occurrence.</summary>
    public string SelectLastAlarms =>
        $"SELECT {Columns(ModelTable.Alarms)} FROM {Schema}alarms WHERE (line, seq) IN " +
        $"(SELECT line, max(seq) FROM {Schema}alarms GROUP BY line, equipment, alarm) ORDER BY line, seq";

    public string Insert(ModelTable table) =>
        $"INSERT INTO {NameOf(table)}({Columns(table)}) " +
        $"VALUES ({string.Join(", ", table.Columns.Select((_, i) => Parameter(i)))})";

    public string Upsert(ModelTable table)
    {
        IEnumerable<string> rest =
            table.Columns.Skip(table.KeyCount).Select(static c => $"{c.Name} = excluded.{c.Name}");
        return $"{Insert(table)} ON CONFLICT ({Key(table)}) DO UPDATE SET {string.Join(", ", rest)}";
    }

    /// <summary>Name of the parameter that stands for a column.</summary>
    public static string Parameter(int column) => FormattableString.Invariant($"@p{column}");

    public static string Columns(ModelTable table) => string.Join(", ", table.Columns.Select(static c => c.Name));

    private static string Key(ModelTable table) =>
        string.Join(", ", table.Columns.Take(table.KeyCount).Select(static c => c.Name));
}
