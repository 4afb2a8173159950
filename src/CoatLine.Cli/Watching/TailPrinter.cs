using System.Text;
using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Messaging.Tailing;

namespace CoatLine.Cli.Watching;

/// <summary>Prints events that are followed, one line each.</summary>
/// <param name="output">Standard output.</param>
/// <param name="type">Only this type, in full or by its bare name; null for all.</param>
/// <param name="count">It is enough after so many; 0 never.</param>
/// <param name="withLine">Whether each begins with the name of its line.</param>
/// <param name="json">Whether the document itself is printed.</param>
internal sealed class TailPrinter(TextWriter output, string? type, long count, bool withLine, bool json)
{
    private long _shown;

    /// <summary>Whether as many were printed as were wanted.</summary>
    public bool IsEnough => _shown >= count;

    /// <summary>Prints an event that is wanted; false when it was the last.</summary>
    public bool Show(TailedEvent e)
    {
        if (type is null || e.Type == type || e.Type.StartsWith($"coatline.{type}.v", StringComparison.Ordinal))
        {
            output.WriteLine(json ? Encoding.UTF8.GetString(e.Document.Span) : Text(e));
            output.Flush();
            _shown++;
        }

        return count == 0 || !IsEnough;
    }

    private string Text(TailedEvent e) => FormattableString.Invariant(
        $"{(withLine ? $"{e.Line,-8}  " : "")}{e.Seq,6}  {e.Time}  {e.Type}  {Fact(e)}").TrimEnd();

    /// <summary>The fact in words; its batch where this program does not know it.</summary>
    private static string Fact(TailedEvent e)
    {
        try
        {
            ChainedEvent recorded = new(
                new LineId(e.Line), e.Seq, "", e.Type, e.Subject, default, e.Document, ChainHash.Zero, ChainHash.Zero);
            return FactText.Of(EventCatalog.Read(recorded)) ?? e.Subject;
        }
        catch (Exception unknown) when (unknown is EventFormatException or JsonException or ArgumentException)
        {
            return e.Subject;
        }
    }
}
