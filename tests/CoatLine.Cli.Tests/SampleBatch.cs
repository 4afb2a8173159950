using System.Collections.Immutable;
using CoatLine.Cli.Recipes;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Cli.Tests;

/// <summary>Facts of a batch, as the engine records them, and a progress folded from them.</summary>
internal sealed class SampleBatch
{
    public const string Id = "B-2026-0001";

    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly RequestId Request = new(0x1234);

    private long _seq;

    public BatchProgress Progress { get; } = new();

    public SampleBatch Record(params BatchEvent[] facts)
    {
        foreach (BatchEvent fact in facts)
        {
            ChainedEvent recorded = new(
                default, ++_seq, "id", EventCatalog.TypeOf(fact), Id, At, default, ChainHash.Zero, ChainHash.Zero);
            Progress.Apply(recorded, fact, FactText.Of(fact));
        }

        return this;
    }

    public static BatchCreated Created()
    {
        RecipeSource source = RecipeSource.Default();
        return PinnedRecipe.Pin(Id, source.ReadOrFail(), source.Text, BatchOrder.Plain);
    }

    public static PhaseIntended Intended(Unit unit, PhaseKind phase, params NamedValue[] parameters) => new(
        Id, "step", 1, unit, phase, Request, 1, RequestId.None, RequestId.None, [.. parameters]);

    public static PhaseStarted Started() => new(Id, "step", Request);

    public static MixCycleCompleted Cycle(SubLayer layer, MixStageKind stage, int cycle) => new(
        Id, "step", Request, layer, "J", stage, cycle, stage == MixStageKind.PreDilution ? 12 : 5,
        2000, 1999, 2001, 180, 12, 30, 44, 43, 2)
    {
        StartedAt = At,
        EndedAt = At,
    };

    public static ProfileRegistered Profile(SubLayer? layer, LayerState state, params decimal[] thicknessUm) => new(
        Id, "step", Request, layer, state, "S", "TG-1", 0.2m, 0, At,
        [.. thicknessUm.Select(static (t, i) => new MeasuredPoint(i + 1, i * 10, 0, t))])
    {
        StartedAt = At,
        EndedAt = At,
    };

    public static QcJudged Judged(params RuleCheck[] checks) => new(
        Id, "step", 6.71m, 7.52m, 37.4m, 25.6m, [0.07m], [0.92m], [.. checks], Dispositions.Of(checks));

    public static RuleCheck Check(string rule, Verdict verdict) =>
        new(rule, "quantity", "subject", 10.8m, "µm", "q ≤ 9 µm", verdict, "[0052]", $"{rule} says so");

    public static BatchReleased Released() => new(Id, "step", Disposition.Accept, "S-1", []);

    public static BatchRejected Rejected() => new(Id, "step", "R30 is 10.8", ImmutableArray.Create("R30"));

    public static BatchHeld Held() => new(Id, "step", "The mixer stopped.", "Repeat the cycle?");
}
