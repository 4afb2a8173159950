using CoatLine.Domain.Execution;
using static CoatLine.Equipment.Tags.TagRow;

namespace CoatLine.Equipment.Tags;

/// <summary>The tags that every unit has: the handshake, the PackML state and the heartbeats.</summary>
internal static class CommonTags
{
    public const string Profile = "Profile";
    public const string State = "State.Current";
    public const string CommandId = "Command.Id";
    public const string CommandCode = "Command.CntrlCmd";
    public const string RequestPhase = "Request.Phase";
    public const string RequestEpoch = "Request.Epoch";
    public const string RequestId = "Request.Id";
    public const string AckId = "Ack.Id";
    public const string AckCode = "Ack.Code";
    public const string AckText = "Ack.Text";
    public const string ActiveId = "Active.Id";
    public const string ActivePhase = "Active.Phase";
    public const string ActiveElapsed = "Active.Elapsed";
    public const string ResultId = "Result.Id";
    public const string ResultPhase = "Result.Phase";
    public const string ResultCode = "Result.Code";
    public const string ResultStart = "Result.StartTime";
    public const string ResultEnd = "Result.EndTime";
    public const string Interlock = "Interlock";
    public const string OwnerEpoch = "Owner.Epoch";
    public const string HeartbeatPlc = "Heartbeat.Plc";
    public const string AlarmWord = "Alarm.Word";
    public const string HeartbeatMes = "Heartbeat.Mes";

    /// <summary>What the MES only reads.</summary>
    public static IReadOnlyList<TagRow> Readable { get; } =
    [
        Text(Profile, "State model of the unit; OPC 30050 PackML"),
        Whole("Mode", 1, 3, "Unit mode; 1 Produce 2 Maintenance 3 Manual"),
        Whole(State, 1, 17, "PackML state number; 4 Idle 6 Execute 17 Complete"),
        Id(AckId, "Request id that is answered; 0 never"),
        Whole(AckCode, 0, 8, "Answer: 1 accepted; other codes are refusals"),
        Text(AckText, "Reason of the refusal in words; empty when accepted"),
        Id(ActiveId, "Request accepted and not finished; 0 none; retentive"),
        Whole(ActivePhase, 0, 99, "Phase of the active request; 0 none; retentive"),
        Real(ActiveElapsed, "s", 0, 86400, "Seconds of the active phase that count; retentive"),
        Id(ResultId, "Request whose result is latched; 0 none; retentive"),
        Whole(ResultPhase, 0, 99, "Phase of the latched result; 0 none; retentive"),
        Whole(ResultCode, 0, 3, "How the phase ended: 0 no result 1 completed 2 stopped 3 aborted; retentive"),
        Time(ResultStart, "Time at which Execute was entered; UTC; retentive"),
        Time(ResultEnd, "Time at which the phase ended; UTC; retentive"),
        Word(Interlock, "Interlock bits of the unit; 0 nothing forbids a start"),
        Word(AlarmWord, "Alarm bits of the unit; 0 none"),
        Id(OwnerEpoch, "Highest epoch accepted; only rises; retentive"),
        Word(HeartbeatPlc, "Counter of the PLC; changes at least once a second"),
    ];

    /// <summary>What the MES writes, parameters left out.</summary>
    public static IReadOnlyList<TagRow> Writable(IEnumerable<PhaseKind> phases) =>
    [
        Id(CommandId, "Request id that the command is meant for"),
        Whole(
            CommandCode, 0, 10,
            "PackML command number; written after Command.Id; the PLC sets it back to 0 when taken"),
        Whole(RequestPhase, 0, 99, "Phase number: " + string.Join("; ", phases.Select(static p => $"{(int)p} {p}"))),
        Id(RequestEpoch, "Epoch of the MES node that owns the line"),
        Id(RequestId, "Request id; written last; a change makes the PLC look at the request"),
        Word(HeartbeatMes, "Counter of the MES; changes at least once a second"),
    ];
}
