namespace CoatLine.Ledger.Models;

/// <summary>How far the models of a line are.</summary>
/// <param name="Line">Line name.</param>
/// <param name="Seq">The last event taken in; 0 before the first.</param>
/// <param name="Hash">Its chain hash as stored; empty before the first.</param>
/// <param name="Skipped">Events of this line so far whose type this version does not know, or that are not readable.
/// </param>
/// <param name="IsVerified">Whether the chain was checked all the way.</param>
public sealed record ModelPosition(string Line, long Seq, string Hash, long Skipped, bool IsVerified);

/// <summary>What a piece of the chain makes of the models: rows to add, and rows to put in the place of others.
/// </summary>
internal sealed class ModelPage
{
    private readonly Dictionary<ModelTable, List<object?[]>> _added = [];
    private readonly Dictionary<ModelTable, Dictionary<string, object?[]>> _replaced = [];

    /// <summary>Events that were skipped.</summary>
    public int Skipped { get; set; }

    /// <summary>Rows to add, in their order.</summary>
    public IReadOnlyList<object?[]> Added(ModelTable table) => _added.GetValueOrDefault(table) ?? [];

    /// <summary>Rows to put in place of those with the same key, one for each key.</summary>
    public IReadOnlyCollection<object?[]> Replaced(ModelTable table) =>
        _replaced.TryGetValue(table, out Dictionary<string, object?[]>? rows) ? rows.Values : [];

    /// <summary>Adds a row about a fact; the number that tells the rows of one fact apart is given here.</summary>
    public void Add(ModelTable table, FactView fact, params ReadOnlySpan<object?> rest)
    {
        if (!_added.TryGetValue(table, out List<object?[]>? rows))
        {
            _added[table] = rows = [];
        }

        bool isSame = rows.Count > 0 && (string)rows[^1][0]! == fact.Line && (long)rows[^1][1]! == fact.Seq;
        long nth = isSame ? (long)rows[^1][2]! + 1 : 1;
        rows.Add(Checked(table, [fact.Line, fact.Seq, nth, .. rest]));
    }

    /// <summary>Puts a row in the place of what has the same key.</summary>
    public void Replace(ModelTable table, params object?[] row)
    {
        if (!_replaced.TryGetValue(table, out Dictionary<string, object?[]>? rows))
        {
            _replaced[table] = rows = new(StringComparer.Ordinal);
        }

        rows[string.Join('\0', row.Take(table.KeyCount))] = Checked(table, row);
    }

    private static object?[] Checked(ModelTable table, object?[] row) => row.Length == table.Columns.Length
        ? row
        : throw new InvalidOperationException(
            $"a row of {table.Name} has {table.Columns.Length} values, not {row.Length}");
}
