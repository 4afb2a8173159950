namespace CoatLine.OpcUa.Client;

/// <summary>
/// A span of which it is proven that notifications of a subscription are lost: the server does not have them any more.
/// All before it were delivered before it is told, all after it come afterwards.
/// </summary>
/// <param name="Subscription">Whose notifications.</param>
/// <param name="From">Time of the last message before it, by the server's clock, UTC.</param>
/// <param name="To">Time of the first message after it, by the server's clock, UTC. A clock that was set back makes
/// this the earlier one.</param>
/// <param name="LostMessages">How many messages are missing by their numbers; −1 when the server lost count too,
/// because the subscription had to be made anew or the queue of an item ran over.</param>
/// <param name="FirstLost">Number of the first missing message; 0 when unknown.</param>
/// <param name="LastLost">Number of the last missing message; 0 when unknown. Between both there may be some that
/// were delivered.</param>
/// <param name="Why">How it is known, as a sentence.</param>
public sealed record UaGap(
    UaSubscription Subscription,
    DateTime From,
    DateTime To,
    long LostMessages,
    uint FirstLost,
    uint LastLost,
    string Why);
