using System.Collections.Immutable;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace CoatLine.Plots.Drawing;

/// <summary>Draws a page. The same page gives the same bytes.</summary>
internal static class PageWriter
{
    private const float Margin = 22f;
    private const float LineHeight = 21f;
    private const float LabelHeight = 18f;
    private const float LeftSpace = 92f;
    private const float RightSpace = 230f;
    private const float Leader = 12f;
    private const int SvgCapacity = 1 << 16;

    /// <summary>Draws a page as a file's bytes.</summary>
    /// <exception cref="PictureFontException">The machine has no font.</exception>
    public static byte[] Write(Page page, PictureFormat format)
    {
        if (format == PictureFormat.Png)
        {
            using SKBitmap bitmap = new(PictureFormats.WidthPx, PictureFormats.HeightPx);
            using (SKCanvas canvas = new(bitmap))
            {
                Draw(page, canvas);
            }

            using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
            return png.ToArray();
        }

        using MemoryStream svg = new(SvgCapacity);
        using (SKCanvas canvas = SKSvgCanvas.Create(
            SKRect.Create(PictureFormats.WidthPx, PictureFormats.HeightPx), svg))
        {
            Draw(page, canvas);
        }

        return Encoding.UTF8.GetBytes(SvgIds.FromOne(Encoding.UTF8.GetString(svg.ToArray())));
    }

    private static void Draw(Page page, SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        using SKPaint paint = new() { Color = SKColors.White, IsAntialias = true };
        canvas.DrawRect(0, 0, PictureFormats.WidthPx, PictureFormats.HeightPx, paint);
        paint.Color = Ink.Black.ToSKColor();
        float top = Margin + Lettering.Title;
        using (SKFont title = Lettering.Font(Lettering.Title, bold: true))
        {
            canvas.DrawText(page.Title, Margin, top, SKTextAlign.Left, title, paint);
        }

        using SKFont text = Lettering.Font(Lettering.Text);
        foreach (string line in page.Notes.SelectMany(n => Wrapped(n, text)))
        {
            top += LineHeight;
            canvas.DrawText(line, Margin, top, SKTextAlign.Left, text, paint);
        }

        string[] footer = [.. page.Footer.SelectMany(n => Wrapped(n, text))];
        float bottom = PictureFormats.HeightPx - (Margin / 2f) - (footer.Length * LineHeight);
        Panels(page.Panels, canvas, MathF.Round(top + (LineHeight / 2f)), MathF.Round(bottom));
        foreach (string line in footer)
        {
            bottom += LineHeight;
            canvas.DrawText(line, Margin, bottom - (Margin / 4f), SKTextAlign.Left, text, paint);
        }
    }

    private static void Panels(ImmutableArray<Panel> panels, SKCanvas canvas, float top, float bottom)
    {
        float share = panels.Sum(static p => p.Share);
        foreach (Panel panel in panels)
        {
            // Whole pixels: between two clips that meet inside one, an SVG viewer shows a hairline.
            float height = MathF.Round((bottom - top) * panel.Share / share);
            bool last = panel == panels[^1];
            panel.Plot.Layout.Fixed(new PixelPadding(LeftSpace, RightSpace, last ? 62f : 34f, 14f));

            // A plot begins by clearing what it may draw on; the clip keeps the rest of the page.
            canvas.Save();
            canvas.ClipRect(SKRect.Create(0f, top, PictureFormats.WidthPx, height));
            panel.Plot.Render(canvas, new PixelRect(0f, PictureFormats.WidthPx, top + height, top));
            canvas.Restore();
            Edge(panel, canvas);
            top += height;
            share -= panel.Share;
        }
    }

    private static void Edge(Panel panel, SKCanvas canvas)
    {
        PixelRect data = panel.Plot.RenderManager.LastRender.DataRect;
        EdgeLabel[] labels = [.. panel.Right.OrderByDescending(static l => l.At)];
        float[] wanted = [.. labels.Select(l => panel.Plot.GetPixel(new Coordinates(0d, l.At)).Y)];
        float[] places = Spreading.Apart(wanted, LabelHeight, data.Top, data.Bottom);
        using SKPaint paint = new() { Color = Ink.Black.ToSKColor(), IsAntialias = true, StrokeWidth = 1f };
        for (int i = 0; i < labels.Length; i++)
        {
            using SKFont font = Lettering.Font(Lettering.Text - 1f, labels[i].Bold);
            canvas.DrawLine(data.Right, wanted[i], data.Right + Leader, places[i], paint);
            canvas.DrawText(
                labels[i].Text, data.Right + Leader + 4f, places[i] + 5f, SKTextAlign.Left, font, paint);
        }
    }

    private static IEnumerable<string> Wrapped(string text, SKFont font)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && font.MeasureText(longer) > PictureFormats.WidthPx - (2f * Margin))
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }
}
