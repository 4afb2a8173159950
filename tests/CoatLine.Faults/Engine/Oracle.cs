using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Engine;
using CoatLine.Faults.Line;

namespace CoatLine.Faults.Engine;

/// <summary>What is wrong with a run: nothing, when it went as it must.</summary>
/// <param name="DoubleActions">Phases that the line ran and nobody had asked for, or asked for again.</param>
/// <param name="LostFacts">Facts that were durable, or phases that were run, and are not on record.</param>
/// <param name="Wrong">Each as a sentence; other things that are wrong too.</param>
internal sealed record Judgement(int DoubleActions, int LostFacts, ImmutableArray<string> Wrong);

/// <summary>
/// Compares the line's own log of what it did with the record that the MES kept. The plan is walked along the record:
/// each phase that was run is the first one of the plan that is not done; only a person's recorded answer makes a phase
/// that was done one to be done again.
/// </summary>
internal sealed class Oracle
{
    private readonly IReadOnlyList<LineAction> _log;
    private readonly IReadOnlyList<ChainedEvent> _chain;
    private readonly List<BatchEvent> _facts;
    private readonly List<string> _wrong = [];
    private int _double;
    private int _lost;

    private Oracle(IReadOnlyList<LineAction> log, IReadOnlyList<ChainedEvent> chain)
    {
        _log = log;
        _chain = chain;
        _facts = [.. chain.Select(EventCatalog.Read)];
    }

    /// <summary>Judges a run that has come to its end.</summary>
    /// <param name="planned">Step ids of the phases of the batch undisturbed, in order.</param>
    /// <param name="plant">The plant.</param>
    /// <param name="chain">Everything in the journal.</param>
    /// <param name="outcome">How the batch ended.</param>
    public static Judgement Judge(
        IReadOnlyList<string> planned, Plant plant, IReadOnlyList<ChainedEvent> chain, BatchOutcome outcome) =>
        Judge(planned, plant.Line.Log, plant.Told, chain, outcome);

    /// <summary>Judges a run that has come to its end.</summary>
    /// <param name="planned">Step ids of the phases of the batch undisturbed, in order.</param>
    /// <param name="log">The phases that the machine began, by its own log, in order.</param>
    /// <param name="told">Facts whose writer was told that they are durable.</param>
    /// <param name="chain">The whole record.</param>
    /// <param name="outcome">How the batch ended.</param>
    public static Judgement Judge(
        IReadOnlyList<string> planned,
        IReadOnlyList<LineAction> log,
        IReadOnlyList<Ledger.LedgerMark> told,
        IReadOnlyList<ChainedEvent> chain,
        BatchOutcome outcome)
    {
        var oracle = new Oracle(log, chain);
        oracle.Walk(planned, outcome);
        oracle.MatchOutcomes(outcome);
        oracle.MatchTold(told);
        if (ChainBreak(chain) is { } broken)
        {
            oracle._wrong.Add(broken);
        }

        return new Judgement(oracle._double, oracle._lost, [.. oracle._wrong]);
    }

    private void Walk(IReadOnlyList<string> planned, BatchOutcome outcome)
    {
        HashSet<RequestId> run = [.. _log.Select(a => a.Id)];
        Double(_log.GroupBy(a => a.Id)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.First().What} was run {g.Count()} times"));
        PhaseIntended[] intended = [.. _facts.OfType<PhaseIntended>().Where(e => run.Contains(e.RequestId))];
        Double(_log.Where(a => intended.All(e => e.RequestId != a.Id))
            .Select(a => $"nobody asked for {a.Id} {a.What}"));
        if (!_log.Select(a => a.Id).Distinct().SequenceEqual(intended.Select(e => e.RequestId).Distinct()))
        {
            _wrong.Add("the line ran its phases in another order than they were meant");
        }

        HashSet<string> done = [];
        foreach (BatchEvent fact in _facts)
        {
            if (fact is QuestionAnswered answered)
            {
                done.RemoveWhere(step => answered.Redo.Any(r =>
                    step == r || (r.EndsWith('/') && step.StartsWith(r, StringComparison.Ordinal))));
            }
            else if (fact is PhaseIntended intent && run.Contains(intent.RequestId))
            {
                Follow(planned, done, intent);
            }
        }

        // What is given up behind a sheet that is product already leaves that sheet released.
        bool isGivenUp =
            _facts.OfType<QuestionAnswered>().Any(e => e.Answer == Domain.Execution.Answers.AnswerKind.GiveUp);
        if (outcome is BatchWasReleased && done.Count != planned.Count && !isGivenUp)
        {
            _wrong.Add($"released with {done.Count} of {planned.Count} phases");
        }

        if (outcome is BatchWasRejected && !isGivenUp)
        {
            _wrong.Add("rejected, and nobody gave it up");
        }
    }

    private void Follow(IReadOnlyList<string> planned, HashSet<string> done, PhaseIntended intent)
    {
        if (done.Contains(intent.Step))
        {
            Double([$"{intent.Step} was run again and nobody had asked for it"]);
        }
        else if (planned.FirstOrDefault(step => !done.Contains(step)) is var next && next != intent.Step)
        {
            _wrong.Add($"{intent.Step} was run, {next} was to be");
        }

        done.Add(intent.Step);
        string meant = string.Join(' ', intent.Parameters.Select(p =>
            FormattableString.Invariant($"{p.Name}={(p.Number is { } number ? number : p.Text)}")));
        if (_log.First(a => a.Id == intent.RequestId).What is var what && what != meant)
        {
            _wrong.Add($"{intent.Step} was meant as {meant}, run as {what}");
        }
    }

    /// <summary>Every phase that was run has one outcome on record, but for the one that a held batch asks about; and
    /// every outcome on record was run.</summary>
    private void MatchOutcomes(BatchOutcome outcome)
    {
        ILookup<RequestId, PhaseConcluded> concluded = _facts.OfType<PhaseConcluded>().ToLookup(e => e.RequestId);
        RequestId? open = outcome is BatchWasHeld ? BatchState.Of(_facts).Open?.Intended.RequestId : null;
        foreach (LineAction action in _log.DistinctBy(a => a.Id))
        {
            int times = concluded[action.Id].Count();
            if (times == 0 && action.Id != open)
            {
                Lose($"{action.Id} {action.What} was run and has no outcome on record");
            }
            else if (times > 1)
            {
                _wrong.Add($"{action.Id} {action.What} has {times} outcomes on record");
            }
        }

        // A request that is stopped before it is started is withdrawn: it has an end, and nothing was run.
        _wrong.AddRange(concluded.Where(g => _log.All(a => a.Id != g.Key) && !g.All(IsWithdrawn))
            .Select(g => $"{g.First().Step} has an outcome on record, but was not run"));
    }

    private bool IsWithdrawn(PhaseConcluded e) => e
            is PhaseFailed { Code: ResultCode.Stopped } or MixCycleAborted { Code: ResultCode.Stopped }
        && _facts.OfType<BatchCommanded>().Any();

    private void MatchTold(IReadOnlyList<Ledger.LedgerMark> told)
    {
        foreach (Ledger.LedgerMark mark in told)
        {
            if (mark.Seq > _chain.Count || _chain[(int)mark.Seq - 1].Hash != mark.Hash)
            {
                Lose($"fact {mark.Seq} was durable and is gone");
            }
        }
    }

    private void Double(IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences)
        {
            _double++;
            _wrong.Add(sentence);
        }
    }

    private void Lose(string sentence)
    {
        _lost++;
        _wrong.Add(sentence);
    }

    private static string? ChainBreak(IReadOnlyList<ChainedEvent> chain)
    {
        ChainHash previous = ChainHash.Zero;
        for (int i = 0; i < chain.Count; i++)
        {
            ChainedEvent e = chain[i];
            if (e.Seq != i + 1 || e.Previous != previous
                || EventChain.Hash(e.Line, e.Seq, e.Previous, e.Payload.Span) != e.Hash)
            {
                return $"the chain is broken at {e.Seq}";
            }

            previous = e.Hash;
        }

        return chain.Select(e => e.EventId).Distinct().Count() == chain.Count ? null : "an event id stands twice";
    }
}
