namespace CoatLine.Equipment.Connection;

/// <summary>
/// A span of which it is proven that reports of the server are lost: it no longer has them, or it lost the subscription
/// that was to keep them. Everything before and after it was handed on, once and in order.
/// </summary>
/// <param name="From">Time of the last message before it, by the server's clock, UTC.</param>
/// <param name="To">Time of the first message after it, by the server's clock, UTC. A clock that was set back makes
/// this the earlier one.</param>
/// <param name="LostMessages">Messages that are missing by their sequence numbers, 1..4 294 967 295; −1 when the server
/// lost count too.</param>
/// <param name="Why">How it is known, as a sentence.</param>
public readonly record struct LinkGap(DateTime From, DateTime To, long LostMessages, string Why);
