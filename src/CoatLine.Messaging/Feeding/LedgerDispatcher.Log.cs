using CoatLine.Domain.Events;
using Microsoft.Extensions.Logging;

namespace CoatLine.Messaging;

internal sealed partial class LedgerDispatcher
{
    [LoggerMessage(4111, LogLevel.Warning, "The feed of {Line} failed and begins anew: {Reason}")]
    private partial void LogFailed(LineId line, string reason, Exception exception);
}
