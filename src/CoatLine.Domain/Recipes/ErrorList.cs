using System.Collections.Immutable;

namespace CoatLine.Domain.Recipes;

/// <summary>Collects every error of one file.</summary>
internal sealed class ErrorList(string file)
{
    private readonly List<RecipeError> _errors = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>Adds one.</summary>
    public void Add(string path, int line, string message) => _errors.Add(new RecipeError(path, line, message, file));

    /// <summary>All of them in the order of lines.</summary>
    public ImmutableArray<RecipeError> Sorted() =>
        [.. _errors.OrderBy(e => e.Line).ThenBy(e => e.Path, StringComparer.Ordinal)];
}
