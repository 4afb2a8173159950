using System.Collections.Immutable;

namespace CoatLine.Ledger.Models;

/// <summary>
/// A read model of the ledger: rows made from the chain alone, so they can be thrown away and made anew. One definition
/// for both databases and for lists. Every model has a column <c>batch</c>.
/// </summary>
public sealed class ModelTable
{
    /// <summary>Version of all these tables; another one is filled anew.</summary>
    public const int LayoutVersion = 1;

    private ModelTable(string name, bool isReplaced, string key, string rest)
    {
        Name = name;
        IsReplaced = isReplaced;
        ImmutableArray<ModelColumn> keys = Columnize(key);
        KeyCount = keys.Length;
        Columns = [.. keys, .. Columnize(rest)];
    }

    /// <summary>Batches with where they stand.</summary>
    public static ModelTable Batches { get; } = new("batches", true, "line batch",
        "recipe? recipe_version#? class? state events# mix_cycles# sheets sheet_count# first_seq# last_seq# " +
        "first_time last_time");

    /// <summary>What went into what, or was cut for it, with its amount.</summary>
    public static ModelTable Genealogy { get; } = new("genealogy", false, "line seq# nth#",
        "batch time relation from_kind from_id material? into_kind into_id amount~? unit?");

    /// <summary>Every number that was measured.</summary>
    public static ModelTable Measurements { get; } = new("measurements", false, "line seq# nth#",
        "batch time sheet? subject? quantity value~ unit uncertainty~? uncertainty_kind?");

    /// <summary>The value of each charted characteristic that stands last, by sheet; site 0 where it has no sites.
    /// </summary>
    public static ModelTable Spc { get; } = new("spc", true, "line batch sheet characteristic site#",
        "value~ unit seq# time");

    /// <summary>Occurrences of alarms, from being raised to being cleared.</summary>
    public static ModelTable Alarms { get; } = new("alarms", true, "line seq#",
        "batch equipment alarm severity# message? raised_at? acknowledged_at? acknowledged_by? cleared_at? " +
        "shelved_until? last_seq#");

    /// <summary>Who did or decided what, and why; nobody where the rules decided.</summary>
    public static ModelTable Audit { get; } = new("audit", false, "line seq# nth#",
        "batch time who role? what meaning subject? reason? old_value? new_value?");

    /// <summary>Every model.</summary>
    public static ImmutableArray<ModelTable> All { get; } = [Batches, Genealogy, Measurements, Spc, Alarms, Audit];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its columns; the first <see cref="KeyCount"/> are the key.</summary>
    public ImmutableArray<ModelColumn> Columns { get; }

    /// <summary>How many columns are the key, from 1.</summary>
    public int KeyCount { get; }

    /// <summary>Whether a later fact replaces a row; else rows are only added.</summary>
    public bool IsReplaced { get; }

    /// <summary>The model of a name; null when there is none.</summary>
    public static ModelTable? Find(string name) => All.FirstOrDefault(table => table.Name == name);

    /// <summary>Where a column stands in a row.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public int IndexOf(string column)
    {
        int index = Columns.Select(static c => c.Name).ToList().IndexOf(column);
        return index >= 0 ? index : throw new ArgumentException($"{Name} has no column '{column}'", nameof(column));
    }

    /// <summary>Name, then <c>#</c> for a whole number, <c>~</c> for a real one, then <c>?</c> where it may be empty.
    /// </summary>
    private static ImmutableArray<ModelColumn> Columnize(string columns) =>
    [
        .. columns.Split(' ').Select(static c => new ModelColumn(
            c.TrimEnd('#', '~', '?'),
            c.Contains('#') ? ModelValue.Whole : c.Contains('~') ? ModelValue.Real : ModelValue.Text,
            !c.EndsWith('?'))),
    ];
}
