using System.Text;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Recipes;

namespace CoatLine.Engine.Tests.Running;

/// <summary>
/// Replays the recorded history of a full batch. The recording is of the version that made it and is never written
/// anew: a version that cannot read it, or whose procedure would have done something else with it, cannot finish the
/// batches that are open when it is installed.
/// </summary>
[TestFixture("embodiment-4.v1.jsonl")] // one sheet, no order
[TestFixture("embodiment-4.v2.jsonl")] // two sheets of booked lots
[TestFixture("embodiment-4.v3.jsonl")] // held and resumed in a mix cycle and before a press cycle
public sealed class RecordingTests(string recording)
{
    private const string Newest = "embodiment-4.v3.jsonl";

    [Test]
    public void Recording_Read_IsOneWholeChain() => ChainAssert.IsWhole(Load());

    [Test]
    public void Recording_Folded_IsReleased() =>
        Assert.That(BatchState.Of(Facts()).Status, Is.EqualTo(BatchStatus.Released));

    [Test]
    public void Recording_WrittenAgain_IsTheSameBytes()
    {
        foreach (ChainedEvent e in Load())
        {
            ChainedEvent again = CloudEvent.Chain(EventCatalog.Read(e), e.Line, e.Seq, e.Previous, e.EventId, e.Time);

            Assert.That(again.Payload.ToArray(), Is.EqualTo(e.Payload.ToArray()), $"event {e.Seq}");
        }
    }

    [Test]
    public void Procedure_OnTheRecording_AsksForTheSameRequests()
    {
        List<BatchEvent> facts = Facts();
        Dictionary<string, PhaseStep> steps = StepsOf(facts).OfType<PhaseStep>().ToDictionary(s => s.Id);

        foreach (PhaseIntended intended in facts.OfType<PhaseIntended>())
        {
            PhaseStep step = steps[intended.Step];
            Assert.That((step.Unit, step.Phase), Is.EqualTo((intended.Unit, intended.Phase)));
            Assert.That(step.Parameters.Select(p => p.Name), Is.EqualTo(intended.Parameters.Select(p => p.Name)));
            Assert.That(
                step.Parameters.Select(p => p.Value is int whole ? (double)whole : p.Value),
                Is.EqualTo(intended.Parameters.Select(p => (object?)p.Number ?? p.Text)));
        }

        Assert.That(steps, Has.Count.EqualTo(facts.OfType<PhaseIntended>().Count()));
    }

    [Test]
    public void Procedure_OnEveryPrefixOfTheRecording_GoesOnWhereTheRecordEnds()
    {
        List<BatchEvent> facts = Facts();
        List<string> order = [.. StepsOf(facts).Select(s => s.Id)];
        HashSet<string> concluded = [];
        for (int length = 1; length < facts.Count; length++)
        {
            if (facts[length - 1] is StepConcluded e)
            {
                concluded.Add(e.Step);
            }

            BatchState state = BatchState.Of(facts.Take(length));
            List<string> steps =
            [
                .. Procedure.Of(Recipe(facts), state.Created!.Batch, new BatchRecord(state))
                    .TakeWhile(s => state.IsConcluded(s.Id))
                    .Select(s => s.Id),
            ];

            Assert.That(steps, Is.EqualTo(order.Take(concluded.Count)), $"after {length} events");
        }
    }

    [Explicit("makes the recording; only for a new format version, under a new file name")]
    [Test]
    public async Task Recording_OfThisVersion_IsWrittenToTheWorkDirectory()
    {
        using var shop = new Workshop();
        LotTests.Deliver(shop);
        string batch = shop.Create("embodiment-4", BatchOrder.Plain with { OrderedBy = "Olga" });
        shop.Line.Live = (_, _) => 490d;
        foreach (PhaseKind phase in new[] { PhaseKind.MixCycle, PhaseKind.PressCycle })
        {
            await ControlTests.CommandedAsync(shop, batch, phase, ControlCommand.Hold);
            Disturbance.Resume(shop, batch);
        }

        await shop.RunAsync(batch);
        using Journal journal = shop.OpenJournal();
        File.WriteAllLines(
            Path.Combine(TestContext.CurrentContext.WorkDirectory, Newest),
            journal.Read(0, Journal.MaxRead).Select(e => Encoding.UTF8.GetString(CloudEvent.WithHash(e))));
    }

    private static IEnumerable<Step> StepsOf(List<BatchEvent> facts)
    {
        BatchState state = BatchState.Of(facts);
        return Procedure.Of(Recipe(facts), state.Created!.Batch, new BatchRecord(state));
    }

    private static Recipe Recipe(List<BatchEvent> facts) =>
        PinnedRecipe.Read(facts.OfType<BatchCreated>().Single())!;

    private List<BatchEvent> Facts() => [.. Load().Select(EventCatalog.Read).Where(e => e.Batch.Length > 0)];

    private List<ChainedEvent> Load() =>
    [
        .. File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Recordings", recording))
            .Select(RecordedLine.Read),
    ];
}
