using System.Collections.Immutable;

namespace CoatLine.Ledger;

/// <summary>Collects findings: keeps the first ones, counts all.</summary>
internal sealed class DamageList(int limit)
{
    private readonly ImmutableArray<Damage>.Builder _kept = ImmutableArray.CreateBuilder<Damage>();

    public long Count { get; private set; }

    /// <summary>
    /// The findings by line and place. They are found nearly in that order; only what shows at the end of a line
    /// about an earlier place comes late. What belongs to no place comes last.
    /// </summary>
    public ImmutableArray<Damage> Kept =>
    [
        .. _kept.OrderBy(damage => damage.Line.Length == 0)
            .ThenBy(damage => damage.Line, StringComparer.Ordinal)
            .ThenBy(damage => damage.Seq == 0)
            .ThenBy(damage => damage.Seq),
    ];

    public void Add(string line, long seq, DamageKind kind, string what)
    {
        Count++;
        if (_kept.Count < limit)
        {
            _kept.Add(new Damage(line, seq, kind, what));
        }
    }
}
