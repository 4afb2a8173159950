using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

internal sealed partial class LedgerConsumer
{
    [LoggerMessage(4001, LogLevel.Error,
        "Segment of {Line} from seq {FirstSeq} parked ({Verdict}): {Reason}")]
    private partial void LogParked(string line, long firstSeq, string verdict, string reason);

    [LoggerMessage(4002, LogLevel.Warning,
        "The ledger could not serve {Line} (segment from seq {FirstSeq}): {Reason}")]
    private partial void LogUnavailable(string line, long firstSeq, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "The answer {Kind} was not taken by the transport: {Reason}")]
    private partial void LogNotAnswered(string kind, string reason);
}
