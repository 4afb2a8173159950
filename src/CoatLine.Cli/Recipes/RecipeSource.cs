using System.Collections.Immutable;
using CoatLine.Cli.Commands;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using CoatLine.Engine;
using CoatLine.Hosting;

namespace CoatLine.Cli.Recipes;

/// <summary>A recipe's text and the name under which a person knows it.</summary>
/// <param name="Name">File name, as typed or as it came with the program.</param>
/// <param name="Text">The YAML text.</param>
internal sealed record RecipeSource(string Name, string Text)
{
    /// <summary>The recipe that <c>run</c> makes when none is named.</summary>
    public const string DefaultName = "embodiment-4.yaml";

    private const string ResourcePrefix = "recipes/";

    /// <summary>The recipe that <c>run</c> makes when none is named.</summary>
    public static RecipeSource Default() => BuiltIn().Single(static r => r.Name == DefaultName);

    /// <summary>The recipes that came with the program, by name.</summary>
    public static IReadOnlyList<RecipeSource> BuiltIn() =>
    [
        .. typeof(RecipeSource).Assembly.GetManifestResourceNames()
            .Where(static n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static n => new RecipeSource(n[ResourcePrefix.Length..], ReadResource(n))),
    ];

    /// <summary>Whether the same text came with the program.</summary>
    public bool IsBuiltIn => BuiltIn().Any(r => r.Text == Text);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandFailedException">The file is missing, unreadable or too large.</exception>
    public static RecipeSource FromFile(FileInfo file) =>
        new(file.ToString(), InputText.Read(file, "recipe", RecipeFile.MaxBytes));

    /// <summary>The recipe, or its errors.</summary>
    public RecipeReading Read() => RecipeFile.Read(Text, Name);

    /// <summary>The recipe.</summary>
    /// <exception cref="CommandFailedException">It has errors; the message holds all of them.</exception>
    public Recipe ReadOrFail()
    {
        RecipeReading reading = Read();
        return reading.Recipe ?? throw CommandFailedException.BadInput(
            $"{Name} is not a recipe:\n{string.Join('\n', reading.Errors.Select(static e => "  " + e))}");
    }

    /// <summary>Before anything is touched: is it a recipe, and may a batch of it be begun?</summary>
    /// <param name="order">What the batch is ordered with.</param>
    /// <param name="now">When.</param>
    /// <exception cref="CommandFailedException">It is not or may not; the message holds every reason.</exception>
    public void RefuseFor(BatchOrder order, DateTimeOffset now)
    {
        Recipe recipe = ReadOrFail();
        Refuse(recipe.Class, Ordering.Refusals(recipe, order, now));
    }

    /// <summary>Creates a batch of it; returns its id.</summary>
    /// <exception cref="CommandFailedException">The MES refuses it.</exception>
    public string CreateOn(CoatLineMes mes, BatchOrder order)
    {
        BatchCreation creation = mes.CreateBatch(Text, Name, order);
        Refuse(ReadOrFail().Class, creation.Refusals);
        return creation.Batch!;
    }

    private void Refuse(RecipeClass kind, ImmutableArray<string> reasons)
    {
        if (reasons.Length > 0)
        {
            string what = kind == RecipeClass.Production ? "a production batch" : "an engineering lot";
            throw CommandFailedException.Refused(
                $"{Name} can't be {what}:\n{string.Join('\n', reasons.Select(static r => "  " + r))}");
        }
    }

    private static string ReadResource(string name)
    {
        using Stream stream = typeof(RecipeSource).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
