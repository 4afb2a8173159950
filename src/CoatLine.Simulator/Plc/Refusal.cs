namespace CoatLine.Simulator.Plc;

/// <summary>Why a unit does not accept a request.</summary>
/// <param name="Code">Answer code.</param>
/// <param name="Text">One sentence for the person at the screen.</param>
internal sealed record Refusal(Ack Code, string Text);
