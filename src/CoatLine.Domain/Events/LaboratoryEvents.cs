using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Events;

/// <summary>A laboratory's result was entered; the batch may have ended before. A corrected result is another fact: the
/// one entered last counts.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Sheet">Sheet that the sample is of.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Sample">Sample or cell id.</param>
/// <param name="MeasuredAt">When, as the laboratory says.</param>
/// <param name="Values">Every number reported, with its unit.</param>
/// <param name="Checks">The rules of stage LAB on them; passes too.</param>
/// <param name="By">Who entered it.</param>
/// <param name="At">When it was entered, line time.</param>
public sealed record LabResultEntered(
    string Batch,
    string Sheet,
    LabKind Kind,
    string Sample,
    DateTimeOffset MeasuredAt,
    ImmutableArray<LabValue> Values,
    ImmutableArray<RuleCheck> Checks,
    string By,
    DateTimeOffset At) : BatchEvent(Batch);
