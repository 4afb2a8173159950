using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>
/// Where a command's answer goes: one JSON document on standard output, or text for a person. With <c>--json</c>
/// nothing but the document reaches standard output.
/// </summary>
internal sealed class Report(bool json, TextWriter output, TextWriter errors, IAnsiConsole console)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Whether the answer is to be a JSON document.</summary>
    public bool IsJson => json;

    /// <summary>The person's console; only used when <see cref="IsJson"/> is false.</summary>
    public IAnsiConsole Console => console;

    /// <summary>Standard output of a person's answer, one line.</summary>
    public void Line(string text)
    {
        if (!json)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    /// <summary>A remark that is not part of the answer; goes to standard error.</summary>
    public void Note(string text)
    {
        errors.WriteLine(text);
        errors.Flush();
    }

    /// <summary>The answer as the one JSON document, or drawn for a person.</summary>
    public void Answer(object document, Action<IAnsiConsole> draw)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(document, Format));
            output.Flush();
        }
        else
        {
            draw(console);
        }
    }
}
