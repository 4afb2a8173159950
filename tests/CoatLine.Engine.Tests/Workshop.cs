using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Engine.Journaling;
using CoatLine.Faults;
using CoatLine.Faults.Line;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Engine.Tests;

/// <summary>A line, a journal and an engine: what the tests of the engine start from.</summary>
internal sealed class Workshop : IDisposable
{
    public static readonly LineId LineName = new("line-1");

    private static readonly DateTimeOffset Morning = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private int _starts;

    public Workshop(InMemoryLine? line = null, int starts = 0)
    {
        Line = line ?? new InMemoryLine(new FakeTimeProvider(Morning));
        _starts = starts;
    }

    public InMemoryLine Line { get; }

    public SkippingTime NetworkTime { get; } = new();

    public string JournalPath => _folder.Journal;

    public static string Yaml(string recipe) =>
        File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "recipes", recipe + ".yaml"));

    public static Recipe Recipe(string recipe) => RecipeFile.Read(Yaml(recipe), recipe + ".yaml").Recipe!;

    public Journal OpenJournal(JournalProbe? probe = null) =>
        Journal.Open(JournalPath, LineName, Line.Clock, EventIdSource.Seeded(++_starts), probe);

    public BatchEngine Start(Journal journal) =>
        new(journal, Line, Line.Clock, NullLogger<BatchEngine>.Instance, NetworkTime);

    /// <summary>Creates a batch of a recipe, in a journal of its own.</summary>
    public string Create(string recipe = "embodiment-4")
    {
        using Journal journal = OpenJournal();
        BatchEngine engine = Start(journal);
        return engine.CreateBatch(Recipe(recipe), Yaml(recipe)).Batch!;
    }

    /// <summary>Creates a batch with an order; it must not be refused.</summary>
    public string Create(string recipe, BatchOrder order)
    {
        BatchCreation creation = TryCreate(recipe, order);
        Assert.That(creation.Refusals, Is.Empty);
        return creation.Batch!;
    }

    /// <summary>Asks for a batch with an order.</summary>
    public BatchCreation TryCreate(string recipe, BatchOrder order)
    {
        using Journal journal = OpenJournal();
        BatchEngine engine = Start(journal);
        return engine.CreateBatch(Recipe(recipe), Yaml(recipe), order);
    }

    /// <summary>Answers the question of a held batch; gives the refusals.</summary>
    public ImmutableArray<string> Answer(string batch, Answer answer)
    {
        using Journal journal = OpenJournal();
        BatchEngine engine = Start(journal);
        return engine.Answer(batch, answer);
    }

    /// <summary>Answers with a process engineer's signature, or whoever else is named.</summary>
    public ImmutableArray<string> Answer(string batch, AnswerKind kind, params SignerRole[] roles) => Answer(
        batch,
        new Answer(
            kind,
            "looked at it",
            [.. (roles.Length == 0 ? [SignerRole.ProcessEngineer] : roles).Select((r, i) => Sign("P" + i, r))]));

    /// <summary>A signature of now.</summary>
    public Signature Sign(string person, SignerRole role) => new(person, role, Line.Clock.GetUtcNow());

    /// <summary>A deviation signed by two people, good for a day.</summary>
    public Deviation Deviate(string id, DeviationKind kind, string rule, string manager = "Maria") => new(
        id,
        kind,
        rule,
        "shown by a comparison",
        [Sign("Erik", SignerRole.ProcessEngineer), Sign(manager, SignerRole.QaManager)],
        Line.Clock.GetUtcNow().AddDays(10),
        100);

    /// <summary>What is recorded of a batch.</summary>
    public BatchState State(string batch)
    {
        using Journal journal = OpenJournal();
        return Start(journal).StateOf(batch);
    }

    /// <summary>Lets time pass once, behind the first phase that fits, before anything is made of its result.</summary>
    public void Delay(TimeSpan time, Func<LineAction, bool> fits)
    {
        bool isDelayed = false;
        Line.Around = (call, _, before) =>
        {
            if (call == "await" && !before && !isDelayed && fits(Line.Log[^1]))
            {
                isDelayed = true;
                Line.Clock.Advance(time);
            }
        };
    }

    /// <summary>Opens the journal, runs the batch until it ends, and closes again: one life of the process.</summary>
    public async Task<BatchOutcome> RunAsync(string batch, JournalProbe? probe = null)
    {
        using Journal journal = OpenJournal(probe);
        BatchEngine engine = Start(journal);
        return await engine.RunAsync(batch, CancellationToken.None);
    }

    public List<BatchEvent> Events()
    {
        using Journal journal = OpenJournal();
        return EventsOf(journal);
    }

    public static List<BatchEvent> EventsOf(Journal journal) =>
        [.. journal.Read(0, Journal.MaxRead).Select(EventCatalog.Read)];

    /// <summary>Copies the journal's files as they lie on disk, open or not: what a kill would leave.</summary>
    public void CopyJournalTo(Workshop other)
    {
        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            File.Copy(file, Path.Combine(other._folder.Path, Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();
}
