using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Execution.Answers;

/// <summary>Decides whether an answer to the question of a held batch is taken. Pure.</summary>
public static class Answering
{
    /// <summary>The most that the press can be asked for by the tag contract, MPa, inclusive.</summary>
    public const decimal MostMpa = 600m;

    /// <summary>Decides.</summary>
    /// <param name="state">The batch.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="now">When it is given.</param>
    public static AnswerDecision Decide(BatchState state, Answer answer, DateTimeOffset now)
    {
        if (state is not { Status: BatchStatus.Held, Created: { } created, Held: { } held })
        {
            return Refuse("the batch is not held: there is no question to answer");
        }

        ImmutableArray<AnswerOption> options = held.Options ?? [];
        if (options.FirstOrDefault(o => o.Kind == answer.Kind) is not { } option)
        {
            return Refuse(options.IsEmpty
                ? $"the question at {held.Step} is not answered but put right at the line: resume the batch then"
                : $"{held.Step} can be answered by {string.Join(", ", options.Select(o => o.Kind))}, "
                    + $"not by {answer.Kind}");
        }

        ImmutableArray<string> refusals =
        [
            .. Signed(answer, option, Performers(created)),
            .. answer.Kind switch
            {
                AnswerKind.Scan => Scanned(held.Step, answer, option),
                AnswerKind.PressAgain => Pressure(answer, option),
                AnswerKind.Waive => Waived(answer, option, created, now),
                _ => [],
            },
        ];
        QuestionAnswered taken = new(created.Batch, held.Step, answer.Kind, answer.Reason, answer.Signatures)
        {
            Sheet = option.Sheet,
            Redo = option.Redo,
            Scanned = answer.Scanned,
            PressureMpa = answer.PressureMpa,
            Deviations = answer.Deviations,
        };
        return refusals.IsEmpty
            ? new AnswerDecision([], [taken, .. Consequence(state, taken, now)])
            : new AnswerDecision(refusals, WrongScan(created.Batch, held.Step, answer, option));
    }

    /// <summary>Everybody known to have made the batch; none of them decides what becomes of it.</summary>
    public static ImmutableArray<string> Performers(BatchCreated created) =>
        created.Order?.OrderedBy is { Length: > 0 } person ? [person] : [];

    /// <summary>What an answer concludes by itself.</summary>
    private static ImmutableArray<BatchEvent> Consequence(
        BatchState state, QuestionAnswered taken, DateTimeOffset now) => taken.Answer switch
    {
        AnswerKind.Skip => [new StepSkipped(taken.Batch, taken.Step, taken.Reason)],
        AnswerKind.WriteOff when state.Open is { } open =>
        [
            new PhaseFailed(
                taken.Batch,
                open.Intended.Step,
                open.Intended.RequestId,
                ResultCode.None,
                $"what became of it is not known; it counts as run and is written off: {taken.Reason}",
                []) { StartedAt = now, EndedAt = now },
        ],
        _ => [],
    };

    private static AnswerDecision Refuse(string reason) => new([reason], []);

    private static IEnumerable<string> Signed(Answer answer, AnswerOption option, ImmutableArray<string> performers)
    {
        if (answer.Kind is not (AnswerKind.Scan or AnswerKind.Proceed) && string.IsNullOrWhiteSpace(answer.Reason))
        {
            yield return "a reason is needed";
        }

        foreach (SignerRole role in option.Signers)
        {
            if (!answer.Signatures.Any(s => s.Role == role && !string.IsNullOrWhiteSpace(s.Person)))
            {
                yield return $"{answer.Kind} needs the signature of {Name(role)}";
            }
        }

        int people = answer.Signatures.Select(s => s.Person.Trim().ToUpperInvariant()).Distinct().Count();
        if (people < option.Signers.Length && answer.Signatures.Length >= option.Signers.Length)
        {
            yield return $"{answer.Kind} needs {option.Signers.Length} different people, {people} signed";
        }

        bool disposes = answer.Kind is AnswerKind.Release or AnswerKind.Waive;
        foreach (Signature signature in answer.Signatures.Where(s => disposes && performers.Any(
            p => Signatures.IsSamePerson(p, s.Person))))
        {
            yield return $"{signature.Person} made the batch and cannot decide what becomes of it";
        }
    }

    private static IEnumerable<string> Scanned(string step, Answer answer, AnswerOption option)
    {
        RuleCheck check = IdentityRules.Check(step, option.Expected!, answer.Scanned);
        return check.Verdict == Verdict.Pass ? [] : [check.Message];
    }

    private static ImmutableArray<BatchEvent> WrongScan(
        string batch, string step, Answer answer, AnswerOption option) =>
        answer is { Kind: AnswerKind.Scan, Scanned: { } scanned } && scanned != option.Expected
            ? [new IdentityRefused(batch, step, option.Expected!, scanned, answer.Signatures)]
            : [];

    private static IEnumerable<string> Pressure(Answer answer, AnswerOption option)
    {
        if (answer.PressureMpa is not { } mpa || mpa <= option.AboveMpa || mpa > MostMpa)
        {
            yield return FormattableString.Invariant(
                $"pressure_mpa must be above {option.AboveMpa} and at most {MostMpa}, not {answer.PressureMpa}");
        }
    }

    private static IEnumerable<string> Waived(
        Answer answer, AnswerOption option, BatchCreated created, DateTimeOffset now)
    {
        DeviatingLot lot = new(option.Sheet ?? created.Batch, created.Class, Performers(created), now);
        foreach (string rule in option.Rules)
        {
            ImmutableArray<Deviation> offered = [.. answer.Deviations.Where(d => d.Rule == rule)];
            if (offered.IsEmpty)
            {
                yield return $"{rule} is broken and not waived";
            }

            foreach (string refusal in offered.SelectMany(d => DeviationRules.RefusalsFor(d, lot, used: 0)))
            {
                yield return refusal;
            }
        }

        foreach (Deviation other in answer.Deviations.Where(d => !option.Rules.Contains(d.Rule)))
        {
            yield return $"{other.Id}: {other.Rule} is not broken here";
        }
    }

    private static string Name(SignerRole role) => role switch
    {
        SignerRole.ProcessEngineer => "a process engineer",
        SignerRole.QaManager => "a QA manager",
        _ => "an operator",
    };
}
