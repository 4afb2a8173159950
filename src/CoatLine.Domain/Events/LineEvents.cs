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
