using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CoatLine.Domain.Recipes;

/// <summary>A node of a YAML document, with the line it starts on (from 1).</summary>
internal abstract record YamlNode(int Line);

/// <summary>A scalar as text; no type is guessed.</summary>
internal sealed record YamlText(int Line, string Value) : YamlNode(Line);

/// <summary>A sequence.</summary>
internal sealed record YamlList(int Line, ImmutableArray<YamlNode> Items) : YamlNode(Line);

/// <summary>A mapping in file order.</summary>
internal sealed record YamlMap(int Line, ImmutableArray<YamlEntry> Entries) : YamlNode(Line);

/// <summary>One key of a mapping.</summary>
internal sealed record YamlEntry(string Key, int Line, YamlNode Value);

/// <summary>A document that cannot be read at all, with the line.</summary>
internal sealed class YamlRefusedException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}

/// <summary>
/// Reads the small part of YAML that recipes need: one document of mappings, sequences and scalars. Anchors, aliases
/// and tags are refused, so that a short file cannot unfold into a large one or name a type.
/// </summary>
internal static class YamlTree
{
    /// <summary>Largest document in UTF-8 bytes, inclusive.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Deepest nesting, inclusive.</summary>
    public const int MaxDepth = 12;

    /// <summary>Most nodes, inclusive.</summary>
    public const int MaxNodes = 4000;

    /// <summary>Reads a document.</summary>
    /// <exception cref="YamlRefusedException">It is too large or is not the YAML described above.</exception>
    public static YamlNode Read(string yaml)
    {
        if (Encoding.UTF8.GetByteCount(yaml) is var bytes and > MaxBytes)
        {
            throw new YamlRefusedException(1, $"the file has {bytes} bytes; the limit is {MaxBytes}");
        }

        Parser parser = new(new StringReader(yaml));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                throw new YamlRefusedException(1, "the file is empty");
            }

            int nodes = 0;
            YamlNode root = Node(parser, 1, ref nodes);
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _)
                ? root
                : throw new YamlRefusedException(LineOf(parser.Current!), "the file has more than one document");
        }
        catch (YamlException broken)
        {
            throw new YamlRefusedException(
                (int)Math.Max(1, broken.Start.Line), "this is not YAML: " + broken.Message);
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
        {
            // The scanner's own slips on damaged text name no line; the last event read is near enough.
            int line = parser.Current is { } last ? LineOf(last) : 1;
            throw new YamlRefusedException(line, "this is not YAML from about here on");
        }
    }

    private static YamlNode Node(Parser parser, int depth, ref int nodes)
    {
        ParsingEvent at = parser.Current!;
        nodes++;
        if (depth > MaxDepth || nodes > MaxNodes)
        {
            string limit = depth > MaxDepth ? $"nested deeper than {MaxDepth}" : $"longer than {MaxNodes} nodes";
            throw new YamlRefusedException(LineOf(at), $"the document is {limit}");
        }

        if (at is AnchorAlias || at is NodeEvent { Anchor.IsEmpty: false } || at is NodeEvent { Tag.IsEmpty: false })
        {
            throw new YamlRefusedException(LineOf(at), "anchors, aliases and tags are not allowed here");
        }

        return at switch
        {
            Scalar => new YamlText(LineOf(at), parser.Consume<Scalar>().Value),
            SequenceStart => List(parser, depth, ref nodes),
            MappingStart => Map(parser, depth, ref nodes),
            _ => throw new YamlRefusedException(LineOf(at), "a value is expected here"),
        };
    }

    private static YamlList List(Parser parser, int depth, ref int nodes)
    {
        int line = LineOf(parser.Consume<SequenceStart>());
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(parser, depth + 1, ref nodes));
        }

        return new YamlList(line, items.ToImmutable());
    }

    private static YamlMap Map(Parser parser, int depth, ref int nodes)
    {
        int line = LineOf(parser.Consume<MappingStart>());
        ImmutableArray<YamlEntry>.Builder entries = ImmutableArray.CreateBuilder<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(parser, depth + 1, ref nodes) is not YamlText key)
            {
                throw new YamlRefusedException(line, "a key is a single word");
            }

            entries.Add(new YamlEntry(key.Value, key.Line, Node(parser, depth + 1, ref nodes)));
        }

        return new YamlMap(line, entries.ToImmutable());
    }

    private static int LineOf(ParsingEvent at) => (int)Math.Max(1, at.Start.Line);
}
