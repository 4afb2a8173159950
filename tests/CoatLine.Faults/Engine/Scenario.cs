using CoatLine.Domain.Execution;

namespace CoatLine.Faults.Engine;

/// <summary>A batch that is killed at every point.</summary>
/// <param name="Name">In words.</param>
/// <param name="Order">What is ordered.</param>
/// <param name="Distort">How phases end that do not end well; of the request alone, so that it is the same in every
/// copy.</param>
internal sealed record Scenario(string Name, BatchOrder Order, Func<PhaseRequest, PhaseResult, PhaseResult> Distort)
{
    private const string FirstBatch = "B-2026-0001";

    private static readonly RequestId FifthCycle = RequestId.Derive(FirstBatch, "base/pre-dilution/05", 1);

    /// <summary>One sheet, and nothing happens.</summary>
    public static Scenario OneSheet { get; } = new("one sheet", BatchOrder.Plain, static (_, result) => result);

    /// <summary>Two sheets; the fifth mix cycle is aborted, and a person has it repeated.</summary>
    public static Scenario TwoSheetsOneQuestion { get; } = new(
        "two sheets, one question",
        BatchOrder.Plain with { Sheets = 2 },
        static (request, result) => request.Id == FifthCycle ? result with { Code = ResultCode.Aborted } : result);
}
