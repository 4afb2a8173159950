using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;
using CoatLine.Ledger;

namespace CoatLine.System.Tests;

/// <summary>A ledger of batches that were never made: only what charts read of them.</summary>
internal sealed class SampleLedger(string data)
{
    private static readonly LineId Line = new("line-1");
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly List<ChainedEvent> _chain = [];
    private int _batches;

    /// <summary>A batch that was released with this ratio, its Base measured at three points.</summary>
    public string Released(decimal ratio, Verdict r35 = Verdict.Pass, string recipe = "embodiment-4") =>
        Add(recipe, ratio, r35, static id => new BatchReleased(id, "end", Disposition.Accept, "S-1", []));

    /// <summary>A batch that was rejected.</summary>
    public string Rejected(decimal ratio) => Add(
        "embodiment-4", ratio, Verdict.Fail, static id => new BatchRejected(id, "end", "R35", ["R35"]));

    public void Write()
    {
        Directory.CreateDirectory(data);
        using LedgerStore store = LedgerStore.Open(Path.Combine(data, "ledger.db"));
        foreach (ChainedEvent[] segment in _chain.Chunk(LedgerStore.MaxSegmentEvents))
        {
            Assert.That(store.Append(segment).Verdict, Is.EqualTo(AppendVerdict.Committed));
        }
    }

    private string Add(string recipe, decimal ratio, Verdict r35, Func<string, BatchEvent> end)
    {
        string id = $"B-2026-{++_batches:0000}";
        string text = File.ReadAllText(Path.Combine(RecipeCommandTests.FindRecipes(), recipe + ".yaml"));
        RuleCheck check = new("R35", "porosity", "whole layer", 37m, "%", "ε ≤ 40 %", r35, "[0041]", "says so");
        Record(PinnedRecipe.Pin(id, RecipeFile.Read(text, recipe).Recipe!, text, BatchOrder.Plain));
        Record(Profile(id, SubLayer.Base, 30m + (ratio / 10m), 33.5m, 31m));
        Record(Profile(id, null, 35m + (ratio / 10m), 38.5m, 36.6m));
        Record(new QcJudged(
            id, "judge", ratio, ratio * 1.121m, 37m + (ratio / 100m), 25m, [0.07m], [0.9m], [check],
            Disposition.Accept));
        Record(end(id));
        return id;
    }

    private static ProfileRegistered Profile(string id, SubLayer? layer, params decimal[] um) => new(
        id, $"profile-{layer}", new RequestId(1), layer, LayerState.Dried, "S-1", "TG-1", 0.2m, 0m, At,
        [.. um.Select(static (t, i) => new MeasuredPoint(i + 1, 10m * i, 0m, t))])
    {
        StartedAt = At,
        EndedAt = At,
    };

    private void Record(BatchEvent fact)
    {
        long seq = _chain.Count + 1;
        _chain.Add(CloudEvent.Chain(
            fact, Line, seq, _chain.LastOrDefault()?.Hash ?? ChainHash.Zero,
            $"01942f00-0000-7000-8000-{seq:x12}", At.AddSeconds(seq)));
    }
}
