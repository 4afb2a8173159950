using ScottPlot;
using SkiaSharp;

namespace CoatLine.Plots.Drawing;

/// <summary>
/// The font of every picture: DejaVu Sans, which Debian's fonts-dejavu-core brings, by the path of its file, so that a
/// picture does not depend on what else is installed. Without it the machine's own choice serves.
/// </summary>
internal static class Lettering
{
    public const float Title = 20f;
    public const float Text = 15f;

    private const string Needed = "Rµβε≤±";
    private const string Family = "DejaVu Sans";
    private const string Folder = "/usr/share/fonts/truetype/dejavu/";

    private static readonly Lazy<(SKTypeface Plain, SKTypeface Bold)> Faces = new(Load);

    public static SKFont Font(float size, bool bold = false) =>
        new(bold ? Faces.Value.Bold : Faces.Value.Plain, size) { Edging = SKFontEdging.Antialias };

    /// <summary>The family as the plotting library has to be told.</summary>
    /// <exception cref="PictureFontException">There is no font at all.</exception>
    public static string FamilyName => Faces.Value.Plain.FamilyName;

    private static (SKTypeface Plain, SKTypeface Bold) Load()
    {
        if (SKTypeface.FromFile(Folder + "DejaVuSans.ttf") is { } plain
            && SKTypeface.FromFile(Folder + "DejaVuSans-Bold.ttf") is { } bold)
        {
            Fonts.AddFontFile(Family, Folder + "DejaVuSans.ttf", bold: false, italic: false);
            Fonts.AddFontFile(Family, Folder + "DejaVuSans-Bold.ttf", bold: true, italic: false);
            return (plain, bold);
        }

        // A machine without any font still names a family: one with no letter in it.
        return SKFontManager.Default.FontFamilies
                .FirstOrDefault(static f => SKTypeface.FromFamilyName(f).ContainsGlyphs(Needed)) is { } family
            ? (SKTypeface.FromFamilyName(family), SKTypeface.FromFamilyName(family, SKFontStyle.Bold))
            : throw new PictureFontException();
    }
}
