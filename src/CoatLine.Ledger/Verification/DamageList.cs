using System.Collections.Immutable;

namespace CoatLine.Ledger;

/// <summary>Collects findings: keeps the first ones, counts all.</summary>
internal sealed class DamageList(int limit)
{
    private readonly ImmutableArray<Damage>.Builder _kept = ImmutableArray.CreateBuilder<Damage>();

    public long Count { get; private set; }

    public ImmutableArray<Damage> Kept => _kept.ToImmutable();

    public void Add(string line, long seq, DamageKind kind, string what)
    {
        Count++;
        if (_kept.Count < limit)
        {
            _kept.Add(new Damage(line, seq, kind, what));
        }
    }
}
