using System.Runtime.CompilerServices;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Tests;

/// <summary>The recipes of the repository, read from their source files.</summary>
internal static class RecipeFiles
{
    public static readonly string[] All =
    [
        "embodiment-1", "embodiment-2", "embodiment-3", "embodiment-4",
        "comparative-1", "comparative-2", "comparative-3",
    ];

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder(), name + ".yaml"));

    public static string Profile(string name) =>
        File.ReadAllText(Path.Combine(Folder(), "profiles", name + ".csv"));

    public static string Schema() => File.ReadAllText(Path.Combine(Folder(), "recipe.schema.json"));

    public static Recipe Read(string name)
    {
        RecipeReading reading = RecipeFile.Read(Text(name), name + ".yaml");
        Assert.That(reading.Errors, Is.Empty);
        return reading.Recipe!;
    }

    /// <summary>Embodiment 4 with the capacities of its cell.</summary>
    public static string Cell(string negative, string positive) => With(
        "class: production",
        $"class: production\ncell:\n  negative_capacity: {negative}\n  positive_capacity: {positive}");

    /// <summary>Embodiment 4 with one piece of its text replaced, which must be there.</summary>
    public static string With(string oldText, string newText, string name = "embodiment-4")
    {
        string text = Text(name);
        int at = text.IndexOf(oldText, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), $"'{oldText}' is not in {name}");
        return string.Concat(text.AsSpan(0, at), newText, text.AsSpan(at + oldText.Length));
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "recipes"));
}
