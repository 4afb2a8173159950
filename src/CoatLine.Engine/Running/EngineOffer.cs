using System.Collections.Immutable;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;

namespace CoatLine.Engine.Running;

/// <summary>The ways to answer where the engine, not the procedure, holds a batch.</summary>
internal static class EngineOffer
{
    private static readonly ImmutableArray<SignerRole> Engineer = [SignerRole.ProcessEngineer];

    /// <summary>No phase is open: the batch may be given up.</summary>
    public static ImmutableArray<AnswerOption> OfIdle { get; } = [new(AnswerKind.GiveUp, Engineer)];

    /// <summary>At a condition: it may be skipped.</summary>
    public static ImmutableArray<AnswerOption> OfGate { get; } = [new(AnswerKind.Skip, Engineer), .. OfIdle];

    /// <summary>In step mode, before a phase.</summary>
    public static ImmutableArray<AnswerOption> OfStep { get; } =
        [new(AnswerKind.Proceed, [SignerRole.Operator]), .. OfIdle];

    /// <summary>Nobody knows what became of a request: a person who has looked says that it was not run, and it is made
    /// anew; or it counts as run and useless.</summary>
    public static ImmutableArray<AnswerOption> OfUnknown(string step) =>
    [
        new(AnswerKind.Repeat, Engineer) { Redo = [step] },
        new(AnswerKind.WriteOff, Engineer),
    ];
}
