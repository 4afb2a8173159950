using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Recipes.Approval;

namespace CoatLine.Engine;

/// <summary>The book of master recipes of a line. What is decided is durable in the journal when a call returns.
/// Thread-safe.</summary>
public sealed class RecipeRegister
{
    private readonly Lock _deciding = new();
    private readonly Journal _journal;

    /// <summary>Makes the register of a journal's line.</summary>
    public RecipeRegister(Journal journal) => _journal = journal;

    /// <summary>The book as of the newest event.</summary>
    /// <exception cref="JournalException">The journal is faulted.</exception>
    public RecipeBook Book => _journal.Recipes;

    /// <summary>Approves a version, by <see cref="RecipeApproval.Approve"/>.</summary>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals Approve(Recipe recipe, string reason, ImmutableArray<Signature> signatures) =>
        Record(book => RecipeApproval.Approve(book, recipe, reason, signatures));

    /// <summary>Retires a version, by <see cref="RecipeApproval.Retire"/>.</summary>
    /// <returns>What was recorded, or every reason against it.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public FactsOrRefusals Retire(string id, int version, string reason, Signature signature) =>
        Record(book => RecipeApproval.Retire(book, id, version, reason, signature));

    // One decision at a time: two contents of one version would both find it a draft.
    private FactsOrRefusals Record(Func<RecipeBook, FactsOrRefusals> decide)
    {
        lock (_deciding)
        {
            FactsOrRefusals decided = decide(_journal.Recipes);
            _journal.AppendAll(decided.Facts);
            return decided;
        }
    }
}
