using System.Diagnostics;
using System.Xml.Linq;

namespace CoatLine.Architecture.Tests;

/// <summary>The working copy that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Files that git tracks or would track, relative to the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Files.Where(static f => f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(static f => ProjectFile.Parse(f, Read(f)))];

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "CoatLineMES.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("CoatLineMES.sln stands above no parent folder");
    }

    private static string[] ListFiles()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
        {
            // An exported copy: everything that is not built.
            return [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
                .Select(static f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Where(static f => !f.Split('/').Any(static p => p is "bin" or "obj" or "node_modules"))];
        }

        ProcessStartInfo info = new("git", ["-C", Root, "ls-files", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
        };
        using Process git = Process.Start(info)!;
        string[] files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Distinct().Where(static f => File.Exists(Path.Combine(Root, f)))];
    }
}

/// <summary>A project and what it refers to, by name.</summary>
internal sealed record ProjectFile(
    string Path, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public static ProjectFile Parse(string path, string xml)
    {
        XDocument document = XDocument.Parse(xml);
        return new ProjectFile(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Includes(document, "ProjectReference")
                .Select(static i => System.IO.Path.GetFileNameWithoutExtension(i))],
            [.. Includes(document, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants(element).Select(static e => ((string?)e.Attribute("Include") ?? "").Replace('\\', '/'));
}
