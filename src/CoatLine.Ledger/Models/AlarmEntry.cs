namespace CoatLine.Ledger.Models;

/// <summary>One occurrence of an alarm; begun by a fact that is not its raising where the record lacks that.</summary>
internal sealed record AlarmEntry(string Line, long Seq, string Batch, string Equipment, string Alarm)
{
    private long Severity { get; init; }

    private string? Message { get; init; }

    private string? RaisedAt { get; init; }

    private string? AcknowledgedAt { get; init; }

    private string? AcknowledgedBy { get; init; }

    private string? ClearedAt { get; init; }

    private string? ShelvedUntil { get; init; }

    private long LastSeq { get; init; }

    /// <summary>True for the facts that this is made of.</summary>
    public static bool Takes(string bareType) => bareType
        is "alarm-raised" or "alarm-acknowledged" or "alarm-cleared" or "alarm-shelved" or "alarm-unshelved";

    /// <summary>The occurrence after one more fact about it.</summary>
    public AlarmEntry With(FactView fact)
    {
        AlarmEntry next = this with { LastSeq = fact.Seq, Severity = fact.Whole("severity") ?? Severity };
        return fact.Type switch
        {
            "alarm-raised" => next with { Message = fact.Text("message"), RaisedAt = fact.Instant("at") },
            "alarm-acknowledged" => next with
            {
                AcknowledgedAt = fact.Instant("at"), AcknowledgedBy = fact.Text("by"),
            },
            "alarm-cleared" => next with { ClearedAt = fact.Instant("at") },
            "alarm-shelved" => next with { ShelvedUntil = fact.Instant("until") },
            _ => next with { ShelvedUntil = null },
        };
    }

    public object?[] ToRow() =>
    [
        Line, Seq, Batch, Equipment, Alarm, Severity, Message, RaisedAt, AcknowledgedAt, AcknowledgedBy, ClearedAt,
        ShelvedUntil, LastSeq,
    ];

    public static AlarmEntry Of(IReadOnlyList<object?> row) =>
        new((string)row[0]!, (long)row[1]!, (string)row[2]!, (string)row[3]!, (string)row[4]!)
        {
            Severity = (long)row[5]!,
            Message = (string?)row[6],
            RaisedAt = (string?)row[7],
            AcknowledgedAt = (string?)row[8],
            AcknowledgedBy = (string?)row[9],
            ClearedAt = (string?)row[10],
            ShelvedUntil = (string?)row[11],
            LastSeq = (long)row[12]!,
        };
}
