using System.Collections.Immutable;

namespace CoatLine.Ledger;

/// <summary>Where a batch stands, by the last of its events that says so.</summary>
public enum BatchState
{
    /// <summary>Created or resumed, and not ended.</summary>
    Open,

    /// <summary>Held: a person must answer a question.</summary>
    Held,

    /// <summary>Released.</summary>
    Released,

    /// <summary>Rejected.</summary>
    Rejected,

    /// <summary>An engineering lot made to its end: never product.</summary>
    TrialConcluded,
}

/// <summary>What the ledger knows of a batch.</summary>
/// <param name="Line">Line name.</param>
/// <param name="Batch">Batch id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Events">Number of its events, from 1.</param>
/// <param name="FirstSeq">Sequence number of its first event.</param>
/// <param name="LastSeq">Sequence number of its last event.</param>
/// <param name="FirstTime">Time of its first event: RFC 3339, line time.</param>
/// <param name="LastTime">Time of its last event: RFC 3339, line time.</param>
/// <param name="CountByType">Number of events by full type, in the order of the type names.</param>
public sealed record BatchSummary(
    string Line,
    string Batch,
    BatchState State,
    long Events,
    long FirstSeq,
    long LastSeq,
    string FirstTime,
    string LastTime,
    ImmutableSortedDictionary<string, long> CountByType)
{
    /// <summary>Number of events of a type by its bare name (<c>mix-cycle-completed</c>), in any version.</summary>
    public long Count(string bareType) =>
        CountByType.Where(type => BareType(type.Key) == bareType).Sum(type => type.Value);

    /// <summary>
    /// The middle of <c>coatline.&lt;kebab-name&gt;.v&lt;n&gt;</c>; the text itself where it has another form.
    /// </summary>
    internal static string BareType(string type)
    {
        string[] parts = type.Split('.');
        return parts is ["coatline", var bare, _] ? bare : type;
    }
}
