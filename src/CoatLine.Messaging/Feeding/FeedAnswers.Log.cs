using CoatLine.Domain.Events;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

internal sealed partial class FeedAnswers
{
    [LoggerMessage(4101, LogLevel.Information,
        "The ledger misses seq {DueSeq} of {Line} before {FirstSeq}; sending again from there")]
    private partial void LogGap(LineId line, long dueSeq, long firstSeq);

    [LoggerMessage(4102, LogLevel.Warning,
        "No confirmation of {Line} after seq {ConfirmedSeq} for {Waited}; sending again from there")]
    private partial void LogSilence(LineId line, long confirmedSeq, TimeSpan waited);

    [LoggerMessage(4103, LogLevel.Error, "The feed of {Line} needs a person: {Reason}")]
    private partial void LogFaulted(LineId line, string reason);

    [LoggerMessage(4104, LogLevel.Warning,
        "The ledger has {Line} only up to seq {LedgerSeq}, after {ConfirmedSeq} before; sending the rest again")]
    private partial void LogTakenBack(LineId line, long ledgerSeq, long confirmedSeq);
}
