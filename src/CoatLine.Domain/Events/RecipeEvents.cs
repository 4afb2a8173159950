using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Events;

/// <summary>A version of a master recipe was approved; its content is fixed for good. A fact of the line itself.
/// </summary>
/// <param name="Batch">Always empty.</param>
/// <param name="RecipeId">Recipe id.</param>
/// <param name="RecipeVersion">Version, from 1.</param>
/// <param name="Title">Title.</param>
/// <param name="Class">Production or engineering.</param>
/// <param name="ContentHash">Content hash of the recipe, 64 hexadecimal digits.</param>
/// <param name="SiteHash">Content hash of the site parameters that it was judged under, 64 hexadecimal digits.</param>
/// <param name="Reason">Why; not empty.</param>
/// <param name="Signatures">A process engineer's and a QA manager's, at least.</param>
public sealed record RecipeApproved(
    string Batch,
    string RecipeId,
    int RecipeVersion,
    string Title,
    RecipeClass Class,
    string ContentHash,
    string SiteHash,
    string Reason,
    ImmutableArray<Signature> Signatures) : BatchEvent(Batch);

/// <summary>A version of a master recipe was retired for good. A fact of the line itself.</summary>
/// <param name="Batch">Always empty.</param>
/// <param name="RecipeId">Recipe id.</param>
/// <param name="RecipeVersion">Version, from 1.</param>
/// <param name="Reason">Why; not empty.</param>
/// <param name="Signature">Who retired it.</param>
public sealed record RecipeRetired(string Batch, string RecipeId, int RecipeVersion, string Reason, Signature Signature)
    : BatchEvent(Batch);
