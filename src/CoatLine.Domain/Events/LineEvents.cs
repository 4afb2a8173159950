using System.Text.Json.Serialization;
using CoatLine.Domain.Execution;

namespace CoatLine.Domain.Events;

/// <summary>An engine took over the line. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Epoch">Its owner epoch, from 1; a PLC refuses requests with a lower one.</param>
/// <param name="JournalHead">Sequence number of the journal's last event before it, from 0.</param>
public sealed record EngineStarted(string Batch, ulong Epoch, long JournalHead) : BatchEvent(Batch);

/// <summary>A unit could not be reached while a batch needed it; what it does meanwhile is unknown.</summary>
/// <param name="Batch">The batch that needed it.</param>
/// <param name="Unit">The unit, or null for the whole line.</param>
/// <param name="Why">What failed, in words.</param>
public sealed record LinkLost(string Batch, Unit? Unit, string Why) : BatchEvent(Batch);

/// <summary>The unit answers again and has been read.</summary>
/// <param name="Batch">The batch that needed it.</param>
/// <param name="Unit">The unit, or null for the whole line.</param>
public sealed record LinkRestored(string Batch, Unit? Unit) : BatchEvent(Batch);

/// <summary>
/// Reports of the line are lost for good, and between which times. A fact of the line itself.
/// </summary>
/// <param name="Batch">Always empty.</param>
/// <param name="From">Time of the last report before the gap, by the server's clock (UTC).</param>
/// <param name="To">Time of the first report after it, by the server's clock (UTC).</param>
/// <param name="LostMessages">Messages missing by their sequence numbers; −1 where that is not known.</param>
/// <param name="Why">How it is known, in words.</param>
public sealed record DataGapFound(string Batch, DateTimeOffset From, DateTimeOffset To, long LostMessages, string Why)
    : BatchEvent(Batch);

/// <summary>An alarm of a unit became active, or stood when the line was first seen. A fact of the line itself.
/// </summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Alarm">Name in the tag contract.</param>
/// <param name="Severity">OPC UA severity 1 to 1000, both ends included.</param>
/// <param name="At">When, by the PLC's clock (line time, UTC).</param>
/// <param name="Message">The PLC's own words; may be empty.</param>
public sealed record AlarmRaised(
    string Batch, Unit Unit, string Alarm, int Severity, DateTimeOffset At, string Message) : BatchEvent(Batch);

/// <summary>An alarm was acknowledged at the line. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Alarm">Name in the tag contract.</param>
/// <param name="Severity">OPC UA severity 1 to 1000, both ends included.</param>
/// <param name="At">When, by the PLC's clock (line time, UTC).</param>
public sealed record AlarmAcknowledged(string Batch, Unit Unit, string Alarm, int Severity, DateTimeOffset At)
    : BatchEvent(Batch)
{
    /// <summary>Who acknowledged it here; null where it was done at the line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>What the person said; null where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Comment { get; init; }
}

/// <summary>A person put an alarm aside for a time. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Alarm">Name in the tag contract.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Until">When it comes back by itself (line time, UTC).</param>
public sealed record AlarmShelved(
    string Batch, Unit Unit, string Alarm, string By, string Reason, DateTimeOffset Until) : BatchEvent(Batch);

/// <summary>An alarm is no longer put aside. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Alarm">Name in the tag contract.</param>
public sealed record AlarmUnshelved(string Batch, Unit Unit, string Alarm) : BatchEvent(Batch)
{
    /// <summary>Who took it back; null where its time was over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }
}

/// <summary>More alarms came than a person can follow: a flood (ISA-18.2). A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="FirstUnit">The unit of the first of them.</param>
/// <param name="FirstAlarm">The first of them.</param>
/// <param name="Alarms">New alarms in the ten minutes before it was found, from 11.</param>
/// <param name="At">When it was found (line time, UTC).</param>
public sealed record AlarmFloodBegan(
    string Batch, Unit FirstUnit, string FirstAlarm, int Alarms, DateTimeOffset At) : BatchEvent(Batch);

/// <summary>A flood of alarms is over. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Alarms">New alarms in all of it.</param>
/// <param name="At">When (line time, UTC).</param>
public sealed record AlarmFloodEnded(string Batch, int Alarms, DateTimeOffset At) : BatchEvent(Batch);

/// <summary>The cause of an alarm has gone. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Alarm">Name in the tag contract.</param>
/// <param name="Severity">OPC UA severity 1 to 1000, both ends included.</param>
/// <param name="At">When, by the PLC's clock (line time, UTC).</param>
public sealed record AlarmCleared(string Batch, Unit Unit, string Alarm, int Severity, DateTimeOffset At)
    : BatchEvent(Batch);

/// <summary>
/// The ledger's chain was signed up to a number. That it stands in the journal, and so in the chain itself, is one of
/// the places where the checkpoint is anchored. A fact of the line itself.
/// </summary>
/// <param name="Batch">Always empty.</param>
/// <param name="CheckpointSeq">Number of the last event that it covers, from 1.</param>
/// <param name="Root">Root of the hash tree over those events, 64 hexadecimal digits.</param>
/// <param name="Checkpoint">Hash of the checkpoint, 64 hexadecimal digits.</param>
/// <param name="Key">Fingerprint of the key that signed it, 64 hexadecimal digits.</param>
public sealed record LedgerSealed(string Batch, long CheckpointSeq, string Root, string Checkpoint, string Key)
    : BatchEvent(Batch);
