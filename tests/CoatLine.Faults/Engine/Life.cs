using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;
using CoatLine.Engine;

namespace CoatLine.Faults.Engine;

/// <summary>One life of the MES's process: from opening the journal to the end of the batch, or to its own.</summary>
internal static class Life
{
    private const string RecipeName = "embodiment-4.yaml";

    private static readonly string Yaml =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "recipes", RecipeName));

    private static readonly Recipe Recipe = RecipeFile.Read(Yaml, RecipeName).Recipe!;

    /// <summary>Runs the batch, which is created when the journal knows of none, until it has ended or the person has
    /// no answer.</summary>
    public static async Task<BatchOutcome> RunAsync(Plant plant, BatchOrder order, Person person)
    {
        using Journal journal = plant.Open();
        if (plant.Feed(journal) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        BatchEngine engine = plant.Start(journal);
        string batch = journal.AllBatches() is [var known, ..]
            ? known
            : engine.CreateBatch(Recipe, Yaml, order).Batch!;
        while (true)
        {
            BatchOutcome outcome = await engine.RunAsync(batch, CancellationToken.None);
            if (outcome is not BatchWasHeld held || !person.Decide(engine, held))
            {
                return outcome;
            }
        }
    }
}
