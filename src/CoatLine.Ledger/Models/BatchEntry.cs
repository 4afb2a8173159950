using System.Text.Json;

namespace CoatLine.Ledger.Models;

/// <summary>A batch as its facts so far tell it.</summary>
internal sealed record BatchEntry(string Line, string Batch, long FirstSeq, string FirstTime)
{
    private string? Recipe { get; init; }

    private long? RecipeVersion { get; init; }

    private string? Class { get; init; }

    private string State { get; init; } = Word(BatchState.Open);

    private long Events { get; init; }

    private long MixCycles { get; init; }

    private string Sheets { get; init; } = "";

    private long SheetCount { get; init; }

    private long LastSeq { get; init; }

    private string LastTime { get; init; } = "";

    /// <summary>The sheet of a batch that has no more than one; null else.</summary>
    public string? OnlySheet => SheetCount == 1 ? Sheets : null;

    /// <summary>The batch after one more fact.</summary>
    public BatchEntry With(FactView fact)
    {
        BatchEntry next = this with
        {
            Events = Events + 1,
            LastSeq = fact.Seq,
            LastTime = fact.Time,
            State = BatchSummaries.StateAfter(fact.Type) is { } state ? Word(state) : State,
            MixCycles = MixCycles + (fact.Type == "mix-cycle-completed" ? 1 : 0),
        };
        return fact.Type switch
        {
            "batch-created" => next with
            {
                Recipe = fact.Text("recipe_id"),
                RecipeVersion = fact.Whole("recipe_version"),
                Class = fact.Text("class"),
            },
            "coat-completed" when fact.Text("sheet") is { } sheet && !Sheets.Split(' ').Contains(sheet) => next with
            {
                Sheets = Sheets.Length == 0 ? sheet : $"{Sheets} {sheet}",
                SheetCount = SheetCount + 1,
            },
            _ => next,
        };
    }

    public object?[] ToRow() =>
    [
        Line, Batch, Recipe, RecipeVersion, Class, State, Events, MixCycles, Sheets, SheetCount, FirstSeq, LastSeq,
        FirstTime, LastTime,
    ];

    public static BatchEntry Of(IReadOnlyList<object?> row) =>
        new((string)row[0]!, (string)row[1]!, (long)row[10]!, (string)row[12]!)
        {
            Recipe = (string?)row[2],
            RecipeVersion = (long?)row[3],
            Class = (string?)row[4],
            State = (string)row[5]!,
            Events = (long)row[6]!,
            MixCycles = (long)row[7]!,
            Sheets = (string)row[8]!,
            SheetCount = (long)row[9]!,
            LastSeq = (long)row[11]!,
            LastTime = (string)row[13]!,
        };

    private static string Word(BatchState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());
}
