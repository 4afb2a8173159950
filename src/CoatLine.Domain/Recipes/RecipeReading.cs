using System.Collections.Immutable;

namespace CoatLine.Domain.Recipes;

/// <summary>Something in a file that is not as it must be.</summary>
/// <param name="Path">Where in the document, e.g. <c>slurries[0].charge[2].mass</c>; empty for the document itself.
/// </param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Message">One sentence with the field and the limit.</param>
/// <param name="File">The file name as given.</param>
public sealed record RecipeError(string Path, int Line, string Message, string File)
{
    /// <summary><c>file:line path: message</c>.</summary>
    public override string ToString() =>
        Path.Length == 0 ? $"{File}:{Line} {Message}" : $"{File}:{Line} {Path}: {Message}";
}

/// <summary>The outcome of reading a recipe: the recipe, or every error found.</summary>
/// <param name="Recipe">The recipe; null when there is any error.</param>
/// <param name="Errors">Every error, in the order of lines; empty when the recipe was read.</param>
public sealed record RecipeReading(Recipe? Recipe, ImmutableArray<RecipeError> Errors);
