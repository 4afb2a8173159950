using System.Collections.Immutable;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Execution.Procedures;

/// <summary>The ways to answer that a procedure offers, and who signs each (E, disposition).</summary>
internal static class Offer
{
    private static readonly ImmutableArray<SignerRole> Engineer = [SignerRole.ProcessEngineer];
    private static readonly ImmutableArray<SignerRole> Manager = [SignerRole.QaManager];

    /// <summary>The batch is scrapped.</summary>
    public static AnswerOption GiveUp { get; } = new(AnswerKind.GiveUp, Engineer);

    /// <summary>The batch goes on in spite of it.</summary>
    public static AnswerOption GoOn { get; } = new(AnswerKind.GoOn, Engineer);

    /// <summary>Steps are done again.</summary>
    public static AnswerOption Repeat(params ImmutableArray<string> steps) =>
        new(AnswerKind.Repeat, Engineer) { Redo = steps };

    /// <summary>A slurry is made again; the steps that were to use it are judged again.</summary>
    public static AnswerOption Remake(SubLayer layer, params ImmutableArray<string> users) =>
        new(AnswerKind.Remake, Engineer) { Redo = [BatchContext.Prefix(layer) + "/", .. users] };

    /// <summary>The sheet is scrapped.</summary>
    public static AnswerOption Scrap(SheetScope sheet) => new(AnswerKind.ScrapSheet, Engineer) { Sheet = sheet.Name };

    /// <summary>The sheet is released though a value lies inside its guard band only.</summary>
    public static AnswerOption Release(SheetScope sheet) => new(AnswerKind.Release, Manager) { Sheet = sheet.Name };

    /// <summary>Rules broken by a sheet are waived.</summary>
    public static AnswerOption Waive(SheetScope sheet, ImmutableArray<string> rules) =>
        new(AnswerKind.Waive, [SignerRole.ProcessEngineer, SignerRole.QaManager])
        {
            Sheet = sheet.Name,
            Rules = rules,
        };

    /// <summary>The sheet is pressed once more, at a higher pressure, and judged again.</summary>
    public static AnswerOption PressAgain(SheetScope sheet, decimal lastMpa, params ImmutableArray<string> steps) =>
        new(AnswerKind.PressAgain, Engineer) { Sheet = sheet.Name, AboveMpa = lastMpa, Redo = steps };

    /// <summary>In step mode: the next phase may begin.</summary>
    public static AnswerOption Proceed { get; } = new(AnswerKind.Proceed, [SignerRole.Operator]);

    /// <summary>A condition is not waited for any longer.</summary>
    public static AnswerOption Skip { get; } = new(AnswerKind.Skip, Engineer);

    /// <summary>A phase of which nobody knows what became counts as run and useless.</summary>
    public static AnswerOption WriteOff { get; } = new(AnswerKind.WriteOff, Engineer);

    /// <summary>What is used is scanned.</summary>
    public static AnswerOption Scan(string expected) =>
        new(AnswerKind.Scan, [SignerRole.Operator]) { Expected = expected };
}
