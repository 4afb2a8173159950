using System.Diagnostics.CodeAnalysis;

namespace CoatLine.Plots;

/// <summary>What a picture is written as.</summary>
public enum PictureFormat
{
    /// <summary>Portable Network Graphics, <see cref="PictureFormats.WidthPx"/> by
    /// <see cref="PictureFormats.HeightPx"/> pixels.</summary>
    Png,

    /// <summary>Scalable Vector Graphics of the same size, with its text as text.</summary>
    Svg,
}

/// <summary>The format of a picture by the name of its file.</summary>
public static class PictureFormats
{
    /// <summary>Width of every picture in pixels.</summary>
    public const int WidthPx = 1200;

    /// <summary>Height of every picture in pixels.</summary>
    public const int HeightPx = 820;

    /// <summary>The extensions known, for messages.</summary>
    public const string Extensions = ".png or .svg";

    /// <summary>Tells the format by the extension, in upper or lower case.</summary>
    /// <param name="fileName">Name or path of the file.</param>
    /// <param name="format">The format.</param>
    /// <returns>False when the name ends in none of <see cref="Extensions"/>.</returns>
    public static bool TryParse(string fileName, [NotNullWhen(true)] out PictureFormat? format)
    {
        format = Path.GetExtension(fileName).ToUpperInvariant() switch
        {
            ".PNG" => PictureFormat.Png,
            ".SVG" => PictureFormat.Svg,
            _ => null,
        };
        return format is not null;
    }
}
