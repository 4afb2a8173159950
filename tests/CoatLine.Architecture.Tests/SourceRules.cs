using System.Text.RegularExpressions;

namespace CoatLine.Architecture.Tests;

/// <summary>
/// What a source file may look like. The words are put together here so that this file does not break them.
/// </summary>
internal static partial class SourceRules
{
    public const int LongestFile = 400;
    public const int LongestLine = 120;

    private static readonly string[] BannedWords =
    [
        "TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception", "#reg" + "ion",
        "Assert." + "Ignore", "Assert." + "Pass(", "[Igno" + "re", "Assert." + "Inconclusive",
    ];

    private static readonly string[] Registries =
    [
        "nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "pypi" + ".org", "crates" + ".io", "jsr" + ".io",
        "maven" + ".org", "docker" + ".io", "deb.debian" + ".org",
    ];

    /// <summary>Every rule that one file breaks, as a sentence.</summary>
    public static IEnumerable<string> Violations(string path, string text)
    {
        foreach (string host in Registries.Where(h => text.Contains(h, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{path} names the registry {host}";
        }

        if (!path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".g.cs", StringComparison.Ordinal))
        {
            yield break;
        }

        string[] lines = text.Split('\n');
        if (lines.Length - 1 > LongestFile)
        {
            yield return $"{path} has {lines.Length - 1} lines; {LongestFile} is the most";
        }

        for (int i = 0; i < lines.Length; i++)
        {
            foreach (string message in LineViolations(lines[i].TrimEnd('\r')))
            {
                yield return $"{path}:{i + 1} {message}";
            }
        }

        if (VagueName().IsMatch(Path.GetFileNameWithoutExtension(path)))
        {
            yield return $"{path} has a name that says nothing";
        }
    }

    private static IEnumerable<string> LineViolations(string line)
    {
        if (line.Length > LongestLine)
        {
            yield return $"has {line.Length} columns; {LongestLine} is the most";
        }

        foreach (string word in BannedWords.Where(w => line.Contains(w, StringComparison.Ordinal)))
        {
            yield return $"holds {word}";
        }

        foreach (Match match in Declaration().Matches(line).Where(static m => VagueName().IsMatch(m.Groups[1].Value)))
        {
            yield return $"declares {match.Groups[1].Value}, a name that says nothing";
        }

        if (Ordinal().Match(line) is { Success: true } ordinal)
        {
            // The application calls the foil-side slurry "first" and the sub-layer it makes "second" ([0087], [0088]).
            yield return $"says {ordinal.Value}: the sub-layers are Base and Top";
        }
    }

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?:struct\s+|class\s+)?(\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex("(Helper|Helpers|Util|Utils|Utilities|Manager|Impl)$")]
    private static partial Regex VagueName();

    [GeneratedRegex("(?:first|second)_?(?:sub_?)?layer", RegexOptions.IgnoreCase)]
    private static partial Regex Ordinal();
}
