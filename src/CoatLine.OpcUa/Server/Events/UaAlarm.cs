using System.Collections.Immutable;
using CoatLine.OpcUa.Server.Events;

namespace CoatLine.OpcUa.Server;

/// <summary>An alarm (OPC 10000-9 §5.8.2): active while its cause stands, unacknowledged until a person has taken note
/// of it, and retained as long as either needs attention. Thread safe.</summary>
public sealed class UaAlarm
{
    /// <summary>The worst severity (OPC 10000-5 §6.4.2).</summary>
    public const ushort MaxSeverity = 1000;

    internal static readonly NodeId AlarmType = new(10637);
    internal static readonly NodeId HasCondition = new(9006);

    /// <summary>Ids of events that may still be acknowledged: those since the alarm came up, at most so many.</summary>
    private const int MostEventIds = 16;

    private static readonly NodeId ProcessConditionClass = new(11164);

    private readonly UaAlarms alarms;
    private readonly UaObject source;
    private ImmutableQueue<byte[]> eventIds = [];
    private string message = "";
    private string? comment;
    private string? commentedBy;
    private DateTime changedAt;
    private DateTime activeSince;
    private UaEvent? last;

    internal UaAlarm(UaAlarms alarms, NodeId conditionId, UaObject source, string name, ushort severity)
    {
        this.alarms = alarms;
        this.source = source;
        ConditionId = conditionId;
        Name = name;
        Severity = severity;
    }

    /// <summary>NodeId of the alarm, the same for ever.</summary>
    public NodeId ConditionId { get; }

    /// <summary>ConditionName.</summary>
    public string Name { get; }

    /// <summary>1 to 1000, both ends included; 1000 is worst.</summary>
    public ushort Severity { get; }

    /// <summary>Whether its cause stands.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether a person has taken note of it; true before it first comes up.</summary>
    public bool IsAcknowledged { get; private set; } = true;

    /// <summary>The latest event while the alarm needs attention; null when it does not.</summary>
    internal UaEvent? Retained
    {
        get
        {
            lock (alarms.Gate)
            {
                return NeedsAttention ? last : null;
            }
        }
    }

    /// <summary>The cause has come up; nothing happens when it stood already.</summary>
    /// <param name="text">What is the matter, for people.</param>
    /// <param name="at">When, UTC.</param>
    public void Raise(string text, DateTime at) => Change(at, () =>
    {
        if (IsActive)
        {
            return false;
        }

        (IsActive, IsAcknowledged, message, activeSince) = (true, false, text, at);
        (comment, commentedBy) = (null, null);
        eventIds = [];
        return true;
    });

    /// <summary>The cause has gone; nothing happens when it did not stand.</summary>
    /// <param name="text">What happened, for people.</param>
    /// <param name="at">When, UTC.</param>
    public void Clear(string text, DateTime at) => Change(at, () =>
    {
        if (!IsActive)
        {
            return false;
        }

        (IsActive, message) = (false, text);
        return true;
    });

    /// <summary>A person takes note (OPC 10000-9 §5.7.3).</summary>
    internal StatusCode Acknowledge(byte[]? eventId, LocalizedText note, string? user, DateTime at)
    {
        var status = StatusCodes.BadEventIdUnknown;
        Change(at, () =>
        {
            status = !Knows(eventId) ? StatusCodes.BadEventIdUnknown
                : IsAcknowledged ? StatusCodes.BadConditionBranchAlreadyAcked : StatusCodes.Good;
            if (status.IsBad)
            {
                return false;
            }

            IsAcknowledged = true;
            Note(note, user);
            return true;
        });
        return status;
    }

    /// <summary>A person adds words (OPC 10000-9 §5.5.6).</summary>
    internal StatusCode AddComment(byte[]? eventId, LocalizedText note, string? user, DateTime at)
    {
        var status = StatusCodes.BadEventIdUnknown;
        Change(at, () =>
        {
            if (!Knows(eventId))
            {
                return false;
            }

            status = StatusCodes.Good;
            Note(note, user);
            return true;
        });
        return status;
    }

    private bool NeedsAttention => IsActive || !IsAcknowledged;

    private bool Knows(byte[]? eventId) =>
        eventId is not null && eventIds.Any(id => id.AsSpan().SequenceEqual(eventId));

    private void Note(LocalizedText note, string? user)
    {
        // A null text leaves the comment as it was (OPC 10000-9 §5.5.6).
        comment = note.Text ?? comment;
        commentedBy = user;
    }

    private void Change(DateTime at, Func<bool> change)
    {
        lock (alarms.Gate)
        {
            if (!change())
            {
                return;
            }

            changedAt = at;
            alarms.LastTime = at;
            last = Snapshot(at);
            alarms.Report(last);
        }
    }

    private UaEvent Snapshot(DateTime at)
    {
        var id = alarms.NextEventId();
        eventIds = eventIds.Enqueue(id);
        if (eventIds.Count() > MostEventIds)
        {
            eventIds = eventIds.Dequeue();
        }

        return new UaEvent(AlarmType, source.NodeId, ConditionId, new Dictionary<string, Variant>
        {
            ["EventId"] = Variant.Of(id),
            ["EventType"] = Variant.Of(AlarmType),
            ["SourceNode"] = Variant.Of(source.NodeId),
            ["SourceName"] = Variant.Of(source.BrowseName.Name ?? ""),
            ["Time"] = Variant.Of(at),
            ["ReceiveTime"] = Variant.Of(at),
            ["Message"] = Variant.Of(LocalizedText.Of(message)),
            ["Severity"] = Variant.Of(Severity),
            ["ConditionClassId"] = Variant.Of(ProcessConditionClass),
            ["ConditionClassName"] = Variant.Of(LocalizedText.Of("ProcessConditionClassType")),
            ["ConditionName"] = Variant.Of(Name),
            ["BranchId"] = Variant.Of(NodeId.Null),
            ["Retain"] = Variant.Of(NeedsAttention),
            ["EnabledState"] = Variant.Of(LocalizedText.Of("Enabled")),
            ["EnabledState/Id"] = Variant.Of(true),
            ["Quality"] = Variant.Of(StatusCodes.Good),
            ["Quality/SourceTimestamp"] = Variant.Of(at),
            ["LastSeverity"] = Variant.Of(Severity),
            ["LastSeverity/SourceTimestamp"] = Variant.Of(activeSince),
            ["Comment"] = Variant.Of(LocalizedText.Of(comment ?? "")),
            ["Comment/SourceTimestamp"] = Variant.Of(changedAt),
            ["ClientUserId"] = Variant.Of(commentedBy ?? ""),
            ["AckedState"] = Variant.Of(LocalizedText.Of(IsAcknowledged ? "Acknowledged" : "Unacknowledged")),
            ["AckedState/Id"] = Variant.Of(IsAcknowledged),
            ["ActiveState"] = Variant.Of(LocalizedText.Of(IsActive ? "Active" : "Inactive")),
            ["ActiveState/Id"] = Variant.Of(IsActive),
            ["ActiveState/TransitionTime"] = Variant.Of(activeSince),
            ["InputNode"] = Variant.Of(source.NodeId),
            ["SuppressedOrShelved"] = Variant.Of(false),
            ["NormalState"] = Variant.Of(NodeId.Null),
        });
    }
}
