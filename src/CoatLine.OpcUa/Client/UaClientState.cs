namespace CoatLine.OpcUa.Client;

/// <summary>Whether a session stands.</summary>
/// <param name="IsUp">A session stands and its subscriptions have been looked after.</param>
/// <param name="SessionNumber">Number of the present or last session, from 1. It rises with every new session and stays
/// when a session was activated again on a new channel.</param>
/// <param name="Why">Why there is no session, as a sentence; empty while there is one.</param>
public readonly record struct UaClientState(bool IsUp, long SessionNumber, string Why);
