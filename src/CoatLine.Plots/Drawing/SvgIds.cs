using System.Text.RegularExpressions;

namespace CoatLine.Plots.Drawing;

/// <summary>
/// The SVG canvas numbers its clips, in hexadecimal, through the whole life of the process, so that the same picture
/// would come out different the next time; here each picture counts from 1.
/// </summary>
internal static partial class SvgIds
{
    /// <summary>The same document with its ids numbered in the order in which they occur.</summary>
    public static string FromOne(string svg)
    {
        Dictionary<string, string> names = [];
        return Id().Replace(svg, match =>
        {
            string old = match.Groups["id"].Value;
            if (!names.TryGetValue(old, out string? name))
            {
                name = $"id{names.Count + 1}";
                names.Add(old, name);
            }

            return match.Groups["before"].Value + name;
        });
    }

    [GeneratedRegex("(?<before> id=\"|url\\(#|href=\"#)(?<id>[a-z]+_[0-9a-f]+)")]
    private static partial Regex Id();
}
