using System.Collections.Immutable;
using CoatLine.Domain.Recipes;

namespace CoatLine.Hosting;

/// <summary>A text offered as a file, of lots or of laboratory results, is none; nothing was changed.</summary>
public class FileErrorsException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">Every error, at least one.</param>
    public FileErrorsException(ImmutableArray<RecipeError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>Every error in the order of lines.</summary>
    public ImmutableArray<RecipeError> Errors { get; }
}
