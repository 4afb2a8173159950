namespace CoatLine.Domain.Execution;

/// <summary>The state of one alarm of a unit, as the line reports it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Name of the alarm in the tag contract, e.g. <c>LidOpen</c>.</param>
/// <param name="Severity">OPC UA severity 1 to 1000, both ends included (OPC 10000-5 §6.4.2); 1000 is worst.</param>
/// <param name="IsActive">Whether its cause stands.</param>
/// <param name="IsAcked">Whether a person has acknowledged it. A line that only has an alarm word knows of no
/// acknowledgement; there it is false.</param>
/// <param name="At">When it changed, by the PLC's clock (line time, UTC).</param>
/// <param name="Message">The PLC's own words; may be empty.</param>
public sealed record UnitAlarm(
    Unit Unit, string Name, int Severity, bool IsActive, bool IsAcked, DateTimeOffset At, string Message);

/// <summary>
/// A span of which it is proven that reports of the line are lost: the server no longer has them. What was decided from
/// reads is not touched by it; what was only reported in the span is not known.
/// </summary>
/// <param name="From">Time of the last report before it, by the server's clock (UTC).</param>
/// <param name="To">Time of the first report after it, by the server's clock (UTC).</param>
/// <param name="LostMessages">Messages that are missing by their sequence numbers; −1 where the server lost count
/// too.</param>
/// <param name="Why">How it is known, in words.</param>
public sealed record DataGap(DateTimeOffset From, DateTimeOffset To, long LostMessages, string Why);
