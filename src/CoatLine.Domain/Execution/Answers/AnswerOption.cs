using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CoatLine.Domain.Quality;

namespace CoatLine.Domain.Execution.Answers;

/// <summary>What a person may decide about a held batch.</summary>
public enum AnswerKind
{
    /// <summary>The step is done again, as a new attempt.</summary>
    Repeat,

    /// <summary>The batch goes on in spite of it; what was found stays on record.</summary>
    GoOn,

    /// <summary>The slurry is scrapped and made again in a new container.</summary>
    Remake,

    /// <summary>The sheet is scrapped; the others go on.</summary>
    ScrapSheet,

    /// <summary>The batch is scrapped.</summary>
    GiveUp,

    /// <summary>The sheet is released though a value lies inside its guard band only.</summary>
    Release,

    /// <summary>A broken rule is waived.</summary>
    Waive,

    /// <summary>The sheet is pressed once more, at a higher pressure.</summary>
    PressAgain,

    /// <summary>What is used is scanned.</summary>
    Scan,

    /// <summary>In step mode: the next phase may begin.</summary>
    Proceed,

    /// <summary>A condition is not waited for any longer.</summary>
    Skip,

    /// <summary>A phase of which nobody knows what became counts as run and useless; it is not run again for it.
    /// </summary>
    WriteOff,
}

/// <summary>One way to answer the question of a held batch.</summary>
/// <param name="Kind">What is decided.</param>
/// <param name="Signers">Who must sign, each in their own capacity and each another person.</param>
public sealed record AnswerOption(AnswerKind Kind, ImmutableArray<SignerRole> Signers)
{
    /// <summary>The sheet that it is about; null when it is about the whole batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sheet { get; init; }

    /// <summary>Steps that are done again, by id; an id that ends in a slash means every step below it.</summary>
    public ImmutableArray<string> Redo { get; init; } = [];

    /// <summary>Rules that are broken, by id; each needs a waiver.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>What must be scanned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Expected { get; init; }

    /// <summary>The pressure that it was pressed at; the next one is above it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? AboveMpa { get; init; }
}
