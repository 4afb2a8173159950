using System.Collections.Immutable;

namespace CoatLine.Domain.Quality;

/// <summary>What a deviation is for.</summary>
public enum DeviationKind
{
    /// <summary>Release of a production lot although a rule is broken.</summary>
    Waiver,

    /// <summary>An engineering lot that breaks a product rule on purpose, such as a comparative example.</summary>
    Trial,
}

/// <summary>In what capacity a person signs.</summary>
public enum SignerRole
{
    /// <summary>Whoever runs the line.</summary>
    Operator,

    /// <summary>Process engineer.</summary>
    ProcessEngineer,

    /// <summary>QA manager.</summary>
    QaManager,
}

/// <summary>A signature.</summary>
/// <param name="Person">Id of the person.</param>
/// <param name="Role">In what capacity.</param>
/// <param name="At">When.</param>
public sealed record Signature(string Person, SignerRole Role, DateTimeOffset At);

/// <summary>Leave to break one rule, for a reason, by two people, for so long and so much.</summary>
/// <param name="Id">Deviation id.</param>
/// <param name="Kind">Waiver or trial.</param>
/// <param name="Rule">Rule id, e.g. <c>R30</c>.</param>
/// <param name="Reason">Why, in words; not empty.</param>
/// <param name="Signatures">A process engineer and a QA manager, two different people.</param>
/// <param name="Expires">From then on it covers nothing.</param>
/// <param name="Quantity">Lots that it covers, from 1.</param>
public sealed record Deviation(
    string Id,
    DeviationKind Kind,
    string Rule,
    string Reason,
    ImmutableArray<Signature> Signatures,
    DateTimeOffset Expires,
    int Quantity);
