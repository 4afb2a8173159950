using System.Collections.Immutable;
using CoatLine.Domain.Recipes;

namespace CoatLine.Hosting;

/// <summary>A text offered as a recipe is none; nothing was changed.</summary>
public sealed class RecipeErrorsException : FileErrorsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">Every error, at least one.</param>
    public RecipeErrorsException(ImmutableArray<RecipeError> errors)
        : base(errors)
    {
    }
}
