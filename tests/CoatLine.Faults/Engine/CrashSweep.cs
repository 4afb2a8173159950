using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Engine;

namespace CoatLine.Faults.Engine;

/// <summary>
/// Runs a batch once and kills the MES at its points: at every journal transaction (before it, before its commit, after
/// its commit) and at every call to the line (before and after it). A kill leaves the journal's files as they lie on
/// disk at that moment and a line that goes on by itself; a copy of both is lived on from to the end.
/// </summary>
internal sealed class CrashSweep : IDisposable
{
    private static readonly TimeSpan ShortDowntime = TimeSpan.Zero;

    // Longer than any phase but drying and pressing, shorter than every pot life.
    private static readonly TimeSpan LongDowntime = TimeSpan.FromMinutes(20);

    private readonly Scenario _scenario;
    private readonly int _stride;
    private readonly SemaphoreSlim _copies;
    private readonly List<(string Point, Task<CopyEnd> End)> _ends = [];

    private CrashSweep(Scenario scenario, int stride, int workers)
    {
        _scenario = scenario;
        _stride = stride;
        _copies = new SemaphoreSlim(workers);
    }

    private int Points { get; set; }

    /// <summary>Sweeps.</summary>
    /// <param name="scenario">The batch.</param>
    /// <param name="stride">Every which point is killed at; 1 for all.</param>
    /// <param name="workers">How many copies live at the same time.</param>
    public static async Task<SweepResult> RunAsync(Scenario scenario, int stride, int workers)
    {
        using var sweep = new CrashSweep(scenario, stride, workers);
        using var plant = new Plant();
        plant.Line.Distort = scenario.Distort;
        plant.Line.Around = (call, unit, before) =>
            sweep.KillAt(plant, $"{(before ? "before" : "after")} {call} {unit}");
        plant.Probe = (moment, transaction) => sweep.KillAt(plant, $"{moment} of {transaction}");
        BatchOutcome outcome = await Life.RunAsync(plant, scenario.Order, new Person(plant, null));
        CopyEnd undisturbed = Judge(plant, scenario, outcome);

        List<string> wrong = [.. undisturbed.Judgement.Wrong];
        List<string> held = [];
        (int doubles, int lost) = (0, 0);
        foreach ((string point, Task<CopyEnd> ending) in sweep._ends)
        {
            CopyEnd end = await ending;
            bool isAsPlanned = end.Held is not null || end.Actions.SequenceEqual(undisturbed.Actions);
            string[] found = [.. end.Judgement.Wrong, .. isAsPlanned ? [] : new[] { "other phases than planned" }];
            wrong.AddRange(found.Select(w => $"{scenario.Name}, killed {point}: {w}"));
            held.AddRange(end.Held is { } reason ? [reason] : []);
            doubles += end.Judgement.DoubleActions;
            lost += end.Judgement.LostFacts;
        }

        return new SweepResult(scenario.Name, sweep.Points, sweep._ends.Count, doubles, lost, held, wrong);
    }

    public void Dispose() => _copies.Dispose();

    private void KillAt(Plant plant, string point)
    {
        if (Points++ % _stride != 0)
        {
            return;
        }

        // One copy more than can live is never made: copies lie in memory.
        _copies.Wait();
        Plant copy = plant.Copy();
        copy.Line.Clock.Advance(_ends.Count % 2 == 0 ? ShortDowntime : LongDowntime);
        string name = string.Create(CultureInfo.InvariantCulture, $"at point {Points}, {point}");
        _ends.Add((name, Task.Run(() => LiveOnAsync(copy))));
    }

    private async Task<CopyEnd> LiveOnAsync(Plant copy)
    {
        using Plant plant = copy;
        try
        {
            return Judge(plant, _scenario, await Life.RunAsync(plant, _scenario.Order, new Person(plant, null)));
        }
        catch (Exception e)
        {
            return new CopyEnd([], null, new Judgement(0, 0, [$"it ended with {e.GetType().Name}: {e.Message}"]));
        }
        finally
        {
            _copies.Release();
        }
    }

    /// <summary>A kill alone explains no question: the line has its memory, and so has the journal.</summary>
    private static CopyEnd Judge(Plant plant, Scenario scenario, BatchOutcome outcome)
    {
        Record record = Record.Of(plant);
        Judgement judged = Oracle.Judge(Undisturbed.Steps(scenario.Order), plant, record.Chain, outcome);
        BatchHeld? held = record.Chain.Select(EventCatalog.Read).OfType<BatchHeld>().LastOrDefault();
        string[] wrong = outcome is BatchWasReleased ? [] : [$"held at {held?.Step}: {held?.Reason}"];
        return new CopyEnd(
            [.. plant.Line.Log.Select(a => a.What)],
            outcome is BatchWasHeld ? HeldReason.Of(held!).Name : null,
            judged with { Wrong = [.. record.Wrong, .. judged.Wrong, .. wrong] });
    }

    private sealed record CopyEnd(string[] Actions, string? Held, Judgement Judgement);
}

/// <summary>What a sweep came to.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Points">Points of the undisturbed run.</param>
/// <param name="Swept">Points at which it was killed.</param>
/// <param name="DoubleActions">Phases run twice.</param>
/// <param name="LostFacts">Facts lost.</param>
/// <param name="Held">Why batches are held, each.</param>
/// <param name="Wrong">What is wrong, a sentence each.</param>
internal sealed record SweepResult(
    string Name,
    int Points,
    int Swept,
    int DoubleActions,
    int LostFacts,
    IReadOnlyList<string> Held,
    IReadOnlyList<string> Wrong);
