namespace CoatLine.OpcUa;

/// <summary>Text with its language (OPC 10000-3 §8.5).</summary>
/// <param name="Locale">RFC 3066 language, for example <c>en</c>; null when not stated.</param>
/// <param name="Text">The text; null when there is none.</param>
public readonly record struct LocalizedText(string? Locale, string? Text)
{
    /// <summary>Text without a stated language.</summary>
    public static LocalizedText Of(string? text) => new(null, text);

    /// <summary>The text alone.</summary>
    public override string ToString() => Text ?? "";
}
