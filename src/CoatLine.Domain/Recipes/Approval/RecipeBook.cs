using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Recipes.Approval;

/// <summary>Where a version of a master recipe stands. One that is not in the book is a draft.</summary>
public enum RecipeStatus
{
    /// <summary>Batches may be made of it.</summary>
    Approved,

    /// <summary>No new batch is made of it; it never becomes approved again.</summary>
    Retired,
}

/// <summary>A version of a master recipe in the book.</summary>
/// <param name="Approval">How it was approved, with its content hash.</param>
/// <param name="Retirement">How it was retired; null while it is approved.</param>
public sealed record RecipeEntry(RecipeApproved Approval, RecipeRetired? Retirement)
{
    /// <summary>Where it stands.</summary>
    public RecipeStatus Status => Retirement is null ? RecipeStatus.Approved : RecipeStatus.Retired;

    /// <summary>Its place in the book.</summary>
    public string Key => RecipeBook.KeyOf(Approval.RecipeId, Approval.RecipeVersion);

    /// <summary>As JSON, in the spelling of recorded facts; <see cref="FromJson"/> reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Kept(Approval, Retirement), EventJson.Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no entry.</exception>
    public static RecipeEntry FromJson(string json)
    {
        try
        {
            Kept kept = JsonSerializer.Deserialize<Kept>(json, EventJson.Options)
                ?? throw new FormatException("an entry of the recipe book is not null");
            return new RecipeEntry(kept.Approval, kept.Retirement);
        }
        catch (JsonException e)
        {
            throw new FormatException($"this is no entry of the recipe book: {e.Message}", e);
        }
    }

    private sealed record Kept(RecipeApproved Approval, RecipeRetired? Retirement);
}

/// <summary>
/// The master recipes of a line that batches may be made of: a pure fold of the line's facts. A version that was ever
/// approved stands for one content for good. Immutable.
/// </summary>
public sealed record RecipeBook
{
    /// <summary>A line that keeps no book.</summary>
    public static RecipeBook Empty { get; } = new();

    /// <summary>Every version that was ever approved, by <see cref="KeyOf"/>.</summary>
    public ImmutableSortedDictionary<string, RecipeEntry> Entries { get; private init; } =
        ImmutableSortedDictionary.Create<string, RecipeEntry>(StringComparer.Ordinal);

    /// <summary>The key of a version: id and four digits of its number.</summary>
    public static string KeyOf(string id, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}/v{version:0000}");

    /// <summary>A book of entries as they were kept.</summary>
    /// <exception cref="ArgumentException">Two of them are of one version.</exception>
    public static RecipeBook OfEntries(IEnumerable<RecipeEntry> entries) => Empty with
    {
        Entries = entries.ToImmutableSortedDictionary(e => e.Key, e => e, StringComparer.Ordinal),
    };

    /// <summary>A version; null when it is a draft.</summary>
    public RecipeEntry? Find(string id, int version) => Entries.GetValueOrDefault(KeyOf(id, version));

    /// <summary>The book after one more fact; one that is about no recipe gives the same book.</summary>
    public RecipeBook Apply(BatchEvent fact) => fact switch
    {
        RecipeApproved e when Find(e.RecipeId, e.RecipeVersion) is null => With(new RecipeEntry(e, null)),
        RecipeRetired e when Find(e.RecipeId, e.RecipeVersion) is { Retirement: null } entry =>
            With(entry with { Retirement = e }),
        _ => this,
    };

    /// <summary>Why no batch may be made of a recipe. Null when one may, as it always may where no book is kept.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    public string? Refusal(Recipe recipe)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"recipe {recipe.Id} v{recipe.Version}");
        return Entries.IsEmpty ? null : Find(recipe.Id, recipe.Version) switch
        {
            null => $"{name} is a draft: it is not approved on this line",
            { Retirement: { } retired } => $"{name} is retired: {retired.Reason}",
            { Approval.ContentHash: var hash } when hash != recipe.ContentHash =>
                $"{name} differs from the one that was approved (content {recipe.ContentHash[..12]} instead of "
                    + $"{hash[..12]}): raise the version and have it approved",
            _ => null,
        };
    }

    private RecipeBook With(RecipeEntry entry) => this with { Entries = Entries.SetItem(entry.Key, entry) };
}
