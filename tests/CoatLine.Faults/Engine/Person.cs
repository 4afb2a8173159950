using System.Collections.Immutable;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Engine;
using CoatLine.Faults.Line;

namespace CoatLine.Faults.Engine;

/// <summary>
/// The person at the line: answers a question that has options, puts right at the line what has none and resumes, and
/// gives up asking after a while. Every other time that an age is in question the clock is put right first.
/// </summary>
/// <param name="plant">The plant.</param>
/// <param name="chance">What is chosen; null for the first way onward, always.</param>
internal sealed class Person(Plant plant, Chance? chance)
{
    /// <summary>How often in a batch something is answered or put right.</summary>
    private const int Patience = 12;

    /// <summary>How often the same question is met with the same means.</summary>
    private const int PatienceWithOne = 3;

    private readonly Dictionary<string, int> _asked = [];
    private int _decisions;
    private Action? _repeats;

    /// <summary>What the MES took that it must not take.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Gives the next answer twice, and says so then.</summary>
    public void RepeatNext(Action repeats) => _repeats = repeats;

    /// <summary>Answers or resumes; false when the batch is left as it is.</summary>
    public bool Decide(BatchEngine engine, BatchWasHeld held)
    {
        int times = _asked[held.Step] = _asked.GetValueOrDefault(held.Step) + 1;
        if (times > PatienceWithOne || ++_decisions > Patience)
        {
            return false;
        }

        BatchState state = engine.StateOf(held.Batch);
        ImmutableArray<AnswerOption> options = state.Held!.Options ?? [];
        if (state.Held.MayResume && IsResumed(options, times))
        {
            PutRight(engine);
            return engine.Resume(held.Batch, "looked at it, put right", "Olga");
        }

        if (options.Any(o => o.Kind == AnswerKind.WriteOff))
        {
            // Only the line's own log tells: what was run is never said not to have been.
            PutRight(engine);
            bool wasRun = plant.Line.Log.Any(a => a.Id == state.Open!.Intended.RequestId);
            options = [.. options.Where(o => o.Kind == (wasRun ? AnswerKind.WriteOff : AnswerKind.Repeat))];
        }

        if (held.Reason.Contains(" age ", StringComparison.Ordinal) && chance?.OnceIn(2) != false)
        {
            plant.Time.Offset = TimeSpan.Zero;
        }

        Answer answer = Answered(Choose(options));
        ImmutableArray<string> refusals = engine.Answer(held.Batch, answer);
        if (!refusals.IsEmpty)
        {
            Wrong.Add($"an offered answer was refused: {string.Join("; ", refusals)}");
        }
        else if (_repeats is { } repeats)
        {
            _repeats = null;
            repeats();
            if (engine.Answer(held.Batch, answer).IsEmpty)
            {
                Wrong.Add($"the answer to {held.Step} was taken twice");
            }
        }

        return refusals.IsEmpty;
    }

    private AnswerOption Choose(ImmutableArray<AnswerOption> options)
    {
        AnswerOption[] onward =
        [
            .. options.Where(o =>
                o.Kind is AnswerKind.Repeat or AnswerKind.Remake or AnswerKind.GoOn or AnswerKind.WriteOff),
        ];
        bool givesUp = (chance?.OnceIn(5) ?? false) && options.Any(o => o.Kind == AnswerKind.GiveUp);
        return onward.Length == 0 || givesUp
            ? options.First(o => o.Kind == AnswerKind.GiveUp)
            : chance?.Pick(onward) ?? onward[0];
    }

    private Answer Answered(AnswerOption option) => new(
        option.Kind,
        "looked at it",
        [.. option.Signers.Select((role, i) => new Signature($"P{i}", role, plant.Time.GetUtcNow()))]);

    /// <summary>Mostly a look at the line is enough; what it does not help is answered or given up.</summary>
    private bool IsResumed(ImmutableArray<AnswerOption> options, int times) =>
        options.IsEmpty || (times < PatienceWithOne && chance?.OnceIn(4) != true);

    /// <summary>Whoever sent a request of his own ends it, and units in quarantine are freed.</summary>
    private void PutRight(BatchEngine engine)
    {
        foreach (Unit unit in engine.Quarantine.Units.Keys)
        {
            engine.Free(unit, "Olga", "looked at it, put right");
        }

        foreach (Unit unit in Enum.GetValues<Unit>())
        {
            UnitPlc plc = plant.Line[unit];
            if (plc.ActiveId == Foreign.Id)
            {
                plc.EndForeign();
            }
        }
    }
}
