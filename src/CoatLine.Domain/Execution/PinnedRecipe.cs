using CoatLine.Domain.Events;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Execution;

/// <summary>Pins a recipe with its site parameters in the first fact of a batch, and reads it back.</summary>
public static class PinnedRecipe
{
    /// <summary>The first fact of a batch.</summary>
    /// <param name="batch">Batch id.</param>
    /// <param name="recipe">The recipe, read under the default site parameters.</param>
    /// <param name="recipeYaml">The text that it was read from.</param>
    /// <param name="order">What the batch is ordered with.</param>
    /// <exception cref="ArgumentException">The text does not read as that recipe.</exception>
    public static BatchCreated Pin(string batch, Recipe recipe, string recipeYaml, BatchOrder order)
    {
        BatchCreated created = new(
            batch,
            recipe.Id,
            recipe.Version,
            recipe.Title,
            recipe.ContentHash,
            recipe.Class,
            recipeYaml,
            recipe.Site.ContentHash,
            SiteFile.EmbeddedText()) { Order = order };
        return Read(created) is not null
            ? created
            : throw new ArgumentException("the text does not read as the recipe", nameof(recipeYaml));
    }

    /// <summary>
    /// The recipe of a batch with its site parameters; null when this version reads the pinned texts otherwise than
    /// the version that pinned them.
    /// </summary>
    public static Recipe? Read(BatchCreated created)
    {
        (SiteParameters? site, _) = SiteFile.Read(created.SiteYaml, "site of " + created.Batch);
        if (site?.ContentHash != created.SiteHash)
        {
            return null;
        }

        Recipe? recipe = RecipeFile.Read(created.RecipeYaml, "recipe of " + created.Batch, site).Recipe;
        return recipe?.ContentHash == created.RecipeHash ? recipe : null;
    }
}
