namespace CoatLine.OpcUa.Security;

/// <summary>Why a client was refused, in the words that the client does not get to see.</summary>
/// <param name="Peer">Address and port of the client; empty when the connection has none.</param>
/// <param name="Status">What failed; always bad.</param>
/// <param name="Why">A sentence for people.</param>
public sealed record SecurityIncident(string Peer, StatusCode Status, string Why);
