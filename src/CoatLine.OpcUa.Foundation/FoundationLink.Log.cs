using Microsoft.Extensions.Logging;

namespace CoatLine.OpcUa.Foundation;

internal sealed partial class FoundationLink
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "Session {Session} with {Url} stands")]
    private partial void LogUp(long session, string url);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "Session {Session} with {Url} was lost: {Why}")]
    private partial void LogLost(long session, string url, string why);

    [LoggerMessage(
        EventId = 3103,
        Level = LogLevel.Debug,
        Message = "{Url} cannot be connected, next attempt in {Pause}: {Why}")]
    private partial void LogRetry(string url, TimeSpan pause, string why);
}
