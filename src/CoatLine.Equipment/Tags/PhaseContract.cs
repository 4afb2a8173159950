using System.Collections.Immutable;
using CoatLine.Domain.Execution;

namespace CoatLine.Equipment.Tags;

/// <summary>What one phase takes and gives, by tag names below <c>Request.</c> and <c>Result.</c>.</summary>
public sealed class PhaseContract
{
    internal PhaseContract(PhaseKind phase, ImmutableArray<TagRow> parameters, ImmutableArray<TagRow> results)
    {
        Phase = phase;
        ParameterRows = parameters;
        ResultRows = results;
        ParameterNames = [.. parameters.Select(static p => p.Name)];
        ResultNames = [.. results.Select(static r => r.Name)];
    }

    /// <summary>The phase.</summary>
    public PhaseKind Phase { get; }

    /// <summary>Names of its parameters, e.g. <c>RevSpeedSP</c>; a request carries exactly these.</summary>
    public ImmutableArray<string> ParameterNames { get; }

    /// <summary>Names of its result values, e.g. <c>StepSeconds</c>; id, code and times left out.</summary>
    public ImmutableArray<string> ResultNames { get; }

    internal ImmutableArray<TagRow> ParameterRows { get; }

    internal ImmutableArray<TagRow> ResultRows { get; }
}
