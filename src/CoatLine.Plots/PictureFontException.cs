namespace CoatLine.Plots;

/// <summary>The machine has no font, so a picture would have no text: numbers without names are worse than none.
/// </summary>
public sealed class PictureFontException()
    : Exception(
        "no font with the letters needed was found below /usr/share/fonts; install the package fonts-dejavu-core");
