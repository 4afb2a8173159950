using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Engine;

namespace CoatLine.Faults.Engine;

/// <summary>What one schedule came to.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="End">Released, given up, or why it is held.</param>
/// <param name="Fired">The faults that happened.</param>
/// <param name="Lives">Lives of the process.</param>
/// <param name="Questions">Why the batch was held on its way, each time.</param>
/// <param name="Judgement">What is wrong.</param>
/// <param name="Trace">SHA-256 over all that happened: the same for the same seed, always.</param>
/// <param name="LastFacts">The newest facts, a line each.</param>
internal sealed record SeedResult(
    Schedule Schedule,
    string End,
    ImmutableArray<Fault> Fired,
    int Lives,
    ImmutableArray<string> Questions,
    Judgement Judgement,
    string Trace,
    ImmutableArray<string> LastFacts);

/// <summary>Runs a batch under the schedule of a seed, in as many lives of the process as it takes.</summary>
internal static class SeededRun
{
    private const int MostLives = 60;
    private const int LastFacts = 12;
    private const int FactColumns = 220;

    public static async Task<SeedResult> RunAsync(ulong seed)
    {
        Schedule schedule = Schedule.Of(seed);
        BatchOrder order = BatchOrder.Plain with { Sheets = schedule.Sheets };
        using var plant = new Plant();
        var person = new Person(plant, Chance.Of(seed, 2));
        var injector = new Injector(plant, person, schedule);
        BatchOutcome? outcome = null;
        List<string> wrong = [];
        int lives = 0;
        while (outcome is null && wrong.Count == 0)
        {
            try
            {
                lives++;
                outcome = await Life.RunAsync(plant, order, person);
            }
            catch (Exception) when (injector.IsLifeOver && lives < MostLives)
            {
                injector.BeginNextLife();
            }
            catch (Exception e)
            {
                wrong.Add($"life {lives} ended with {e.GetType().Name}: {e.Message}");
            }
        }

        Record record = Record.Of(plant);
        BatchHeld[] held = [.. record.Chain.Select(EventCatalog.Read).OfType<BatchHeld>()];
        wrong.AddRange([.. record.Wrong, .. person.Wrong, .. Unexplained(held, injector.Fired)]);
        outcome ??= new BatchWasHeld(string.Empty, string.Empty, wrong[0], string.Empty);
        Judgement judged = Oracle.Judge(Undisturbed.Steps(order), plant, record.Chain, outcome);
        string end = End(outcome, held);
        return new SeedResult(
            schedule,
            end,
            [.. injector.Fired],
            lives,
            [.. held.Select(h => HeldReason.Of(h).Name)],
            judged with { Wrong = [.. wrong, .. judged.Wrong] },
            Trace(end, injector, plant, record),
            [.. record.Chain.TakeLast(LastFacts).Select(Line)]);
    }

    private static string End(BatchOutcome outcome, BatchHeld[] held) => outcome switch
    {
        BatchWasReleased => "released",
        BatchWasRejected => "given up",
        _ when held.Length > 0 => "held: " + HeldReason.Of(held[^1]).Name,
        _ => "broken off",
    };

    private static IEnumerable<string> Unexplained(BatchHeld[] held, IReadOnlyList<Fault> fired) =>
        held.Where(h => !HeldReason.Of(h).IsExplainedBy(fired))
            .Select(h => $"held at {h.Step}: {h.Reason} ({h.Question})");

    private static string Trace(string end, Injector injector, Plant plant, Record record)
    {
        string[] lines =
        [
            end,
            injector.Points.ToString(CultureInfo.InvariantCulture),
            .. injector.Fired.Select(f => f.ToString()),
            .. plant.Line.Log.Select(a => $"{a.Id} {a.What}"),
            record.Chain.Count == 0 ? string.Empty : record.Chain[^1].Hash.ToString(),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private static string Line(ChainedEvent e)
    {
        string payload = Encoding.UTF8.GetString(e.Payload.Span);
        int data = payload.IndexOf("\"data\":", StringComparison.Ordinal);
        string line = string.Create(CultureInfo.InvariantCulture, $"{e.Seq,5} {e.Type} {payload[Math.Max(0, data)..]}");
        return line.Length <= FactColumns ? line : line[..FactColumns] + "…";
    }
}
