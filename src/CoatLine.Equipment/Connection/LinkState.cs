namespace CoatLine.Equipment.Connection;

/// <summary>Whether a session with the server stands.</summary>
/// <param name="IsUp">A session stands and answers.</param>
/// <param name="Session">Number of the present or last session, from 1; 0 before the first. It rises with every new
/// session, so that whoever kept something from an older one knows to ask again.</param>
/// <param name="Why">Why there is no session, as a sentence; empty while there is one.</param>
public readonly record struct LinkState(bool IsUp, long Session, string Why);
