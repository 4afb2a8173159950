using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using Microsoft.Extensions.Logging;

namespace CoatLine.Engine.Running;

/// <summary>Log messages of the engine; the record itself is the journal.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(2001, LogLevel.Information, "{Batch}: {Step}: {Title}")]
    public static partial void Step(ILogger log, string batch, string step, string title);

    [LoggerMessage(2002, LogLevel.Warning, "{Batch} held at {Step}: {Reason} ({Question})")]
    public static partial void Held(ILogger log, string batch, string step, string reason, string question);

    [LoggerMessage(2003, LogLevel.Warning, "{Batch}: {Unit} cannot be reached: {Why}")]
    public static partial void LinkLost(ILogger log, string batch, Unit unit, string why);

    [LoggerMessage(2004, LogLevel.Information, "{Batch}: {Step}: request {Id} found {How}")]
    public static partial void Reattached(ILogger log, string batch, string step, RequestId id, ReattachKind how);

    [LoggerMessage(2005, LogLevel.Error, "Alarms and gaps of the line are no longer recorded")]
    public static partial void LineFactsEnded(ILogger log, Exception e);
}
