using Microsoft.Extensions.Logging;

namespace CoatLine.Equipment.Connection;

internal sealed partial class UaLink
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Session {Session} with {Url} stands")]
    private partial void LogUp(long session, string url);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Session {Session} with {Url} was lost: {Why}")]
    private partial void LogLost(long session, string url, string why);

    [LoggerMessage(
        EventId = 3003,
        Level = LogLevel.Debug,
        Message = "{Url} cannot be connected, next attempt in {Pause}: {Why}")]
    private partial void LogRetry(string url, TimeSpan pause, string why);

    [LoggerMessage(
        EventId = 3004,
        Level = LogLevel.Warning,
        Message = "Reports of {Url} from {From:O} to {To:O} are lost, {Messages} messages (-1: unknown): {Why}")]
    private partial void LogGap(string url, DateTime from, DateTime to, long messages, string why);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "{Url}: {Trouble}; it is tried again")]
    private partial void LogTrouble(string url, string trouble);
}
