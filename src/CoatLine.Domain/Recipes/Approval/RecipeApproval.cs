using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Recipes.Approval;

/// <summary>
/// Who may approve and retire a master recipe. Approval is signed by a process engineer and a QA manager, two people; a
/// production recipe must break no hard rule. Pure.
/// </summary>
public static class RecipeApproval
{
    /// <summary>Longest reason in characters, inclusive.</summary>
    public const int MaxReason = 400;

    /// <summary>Approves a version.</summary>
    /// <param name="book">The book before.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="reason">Why; 1 to <see cref="MaxReason"/> characters.</param>
    /// <param name="signatures">Who signs.</param>
    /// <returns>One <see cref="RecipeApproved"/>, or every reason against it.</returns>
    public static FactsOrRefusals Approve(
        RecipeBook book, Recipe recipe, string reason, ImmutableArray<Signature> signatures)
    {
        string name = Name(recipe.Id, recipe.Version);
        ImmutableArray<string> against =
        [
            .. Known(book, recipe, name),
            .. Formal(name, reason),
            .. Signatures.MissingOfTwo(signatures).Select(missing => $"{name}: {missing}"),
            .. recipe.Class == RecipeClass.Production ? RecipeRules.RefusalsForProduction(recipe) : [],
        ];
        return against.IsEmpty
            ? FactsOrRefusals.Granted(new RecipeApproved(
                string.Empty,
                recipe.Id,
                recipe.Version,
                recipe.Title,
                recipe.Class,
                recipe.ContentHash,
                recipe.Site.ContentHash,
                reason.Trim(),
                signatures))
            : FactsOrRefusals.Refused(against);
    }

    /// <summary>Retires an approved version for good.</summary>
    /// <param name="book">The book before.</param>
    /// <param name="id">Recipe id.</param>
    /// <param name="version">Version, from 1.</param>
    /// <param name="reason">Why; 1 to <see cref="MaxReason"/> characters.</param>
    /// <param name="signature">A process engineer's or QA manager's.</param>
    /// <returns>One <see cref="RecipeRetired"/>, or every reason against it.</returns>
    public static FactsOrRefusals Retire(
        RecipeBook book, string id, int version, string reason, Signature signature)
    {
        string name = Name(id, version);
        if (book.Find(id, version) is not { } entry)
        {
            return FactsOrRefusals.Refused($"{name} was never approved");
        }

        ImmutableArray<string> against =
        [
            .. entry.Status == RecipeStatus.Retired ? [$"{name} is retired already"] : Array.Empty<string>(),
            .. Formal(name, reason),
            .. string.IsNullOrWhiteSpace(signature.Person) || signature.Role == SignerRole.Operator
                ? [$"{name}: a process engineer or a QA manager retires a recipe"]
                : Array.Empty<string>(),
        ];
        return against.IsEmpty
            ? FactsOrRefusals.Granted(new RecipeRetired(string.Empty, id, version, reason.Trim(), signature))
            : FactsOrRefusals.Refused(against);
    }

    private static string Name(string id, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"recipe {id} v{version}");

    private static IEnumerable<string> Known(RecipeBook book, Recipe recipe, string name) =>
        book.Find(recipe.Id, recipe.Version) switch
        {
            null => [],
            { Status: RecipeStatus.Retired } => [$"{name} is retired for good: raise the version"],
            { Approval.ContentHash: var hash } when hash != recipe.ContentHash =>
            [
                $"{name} was approved with other content ({hash[..12]}, not {recipe.ContentHash[..12]}): "
                    + "raise the version",
            ],
            _ => [$"{name} is approved already"],
        };

    private static IEnumerable<string> Formal(string name, string reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > MaxReason
            ? [$"{name}: a reason of 1 to {MaxReason} characters is needed"]
            : [];
}
