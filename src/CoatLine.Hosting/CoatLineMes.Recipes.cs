using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Recipes.Approval;
using CoatLine.Engine;

namespace CoatLine.Hosting;

/// <content>Master recipes.</content>
public sealed partial class CoatLineMes
{
    private readonly RecipeRegister _recipes;

    /// <summary>The versions that batches may be made of, and those retired. Once there is one, no batch is made of a
    /// draft.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public RecipeBook Recipes => _recipes.Book;

    /// <summary>Approves a recipe; its version stands for this content from then on.</summary>
    /// <param name="recipeText">YAML.</param>
    /// <param name="name">File name for the errors' sake.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <param name="signatures">A process engineer's and a QA manager's, two people.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="RecipeErrorsException">The text is no recipe; it holds every error.</exception>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals ApproveRecipe(
        string recipeText, string name, string reason, ImmutableArray<Signature> signatures)
    {
        RecipeReading reading = RecipeFile.Read(recipeText, name);
        return reading.Recipe is { } recipe
            ? _recipes.Approve(recipe, reason, signatures)
            : throw new RecipeErrorsException(reading.Errors);
    }

    /// <summary>Retires an approved version for good; batches under way go on with what they have pinned.</summary>
    /// <param name="id">Recipe id.</param>
    /// <param name="version">Version, from 1.</param>
    /// <param name="reason">Why; not empty.</param>
    /// <param name="signature">A process engineer's or a QA manager's.</param>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals RetireRecipe(string id, int version, string reason, Signature signature) =>
        _recipes.Retire(id, version, reason, signature);
}
