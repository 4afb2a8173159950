using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Models;

namespace CoatLine.Ledger.Tests.Models;

/// <summary>What holds for the read models of either database.</summary>
internal abstract class ModelTests<TLedger>
    where TLedger : IModelLedger, new()
{
    private TLedger _ledger = default!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    protected TLedger Ledger => _ledger;

    private LedgerModels Models => new(_ledger.Place);

    [SetUp]
    public async Task MakeLedger()
    {
        _ledger = new TLedger();
        await _ledger.MakeAsync();
    }

    [TearDown]
    public Task DeleteLedger() => _ledger.DeleteAsync();

    [Test]
    public async Task Rebuild_OfARecordedBatch_HasWhatItSays()
    {
        List<ChainedEvent> chain = RecordedChain.All();
        await _ledger.AppendAsync(chain);

        ModelReport made = await Models.RebuildAsync(Token);

        Assert.That(made.Events, Is.EqualTo(chain.Count));
        Assert.That(made.Rows.Where(r => r.Value == 0).Select(r => r.Key), Is.Empty);
        Assert.That(made.Lines, Is.EqualTo([
            new ModelPosition("line-1", chain.Count, chain[^1].Hash.ToString(), 1, IsVerified: true),
        ]));
        object?[] batch = (await Models.ListAsync(ModelTable.Batches, "B-2026-0001", 10, Token)).Single();
        Assert.That(Of(ModelTable.Batches, batch, "state"), Is.EqualTo("released"));
        Assert.That(
            Of(ModelTable.Batches, batch, "mix_cycles"),
            Is.EqualTo((long)chain.Count(e => e.Type == "coatline.mix-cycle-completed.v1")));
        Assert.That(
            Of(ModelTable.Batches, batch, "events"), Is.EqualTo((long)chain.Count(e => e.Batch == "B-2026-0001")));
    }

    [Test]
    public async Task Measurement_OfAWeighing_IsTheNumberInItsPayload()
    {
        List<ChainedEvent> chain = RecordedChain.All();
        await _ledger.AppendAsync(chain);
        await Models.RebuildAsync(Token);

        IReadOnlyList<object?[]> rows = await Models.ListAsync(ModelTable.Measurements, null, 100_000, Token);

        ChainedEvent weighed = chain.First(e => e.Type == "coatline.material-weighed.v1");
        double net = JsonSerializer.Deserialize<JsonElement>(weighed.Payload.Span)
            .GetProperty("data").GetProperty("net_g").GetDouble();
        object?[] row = rows.First(r => (long)r[1]! == weighed.Seq
            && (string)Of(ModelTable.Measurements, r, "quantity")! == "net_mass");
        Assert.That(Of(ModelTable.Measurements, row, "value"), Is.EqualTo(net));
        Assert.That(Of(ModelTable.Measurements, row, "unit"), Is.EqualTo("g"));
    }

    [Test]
    public async Task Alarm_RaisedAgain_IsAnotherOccurrence()
    {
        await _ledger.AppendAsync(RecordedChain.All());
        await Models.RebuildAsync(Token);

        IReadOnlyList<object?[]> rows = await Models.ListAsync(ModelTable.Alarms, null, 100, Token);

        Assert.That(
            rows.Select(r => (Of(ModelTable.Alarms, r, "message"), Of(ModelTable.Alarms, r, "acknowledged_by"),
                Of(ModelTable.Alarms, r, "cleared_at") is not null)),
            Is.EqualTo([("shakes", "jo", true), ((object?)"again", (object?)null, false)]));
    }

    [TestCase(1)]
    [TestCase(37)]
    [TestCase(200)]
    public async Task CatchUp_InPieces_GivesWhatARebuildGives(int piece)
    {
        List<ChainedEvent> chain = RecordedChain.All();
        foreach (ChainedEvent[] some in chain.Chunk(piece == 1 ? 120 : piece))
        {
            await _ledger.AppendAsync(some);
            await Models.CatchUpAsync(Token);
        }

        string caughtUp = await TextAsync();
        ModelReport nothingNew = await Models.CatchUpAsync(Token);
        await Models.RebuildAsync(Token);

        Assert.That(nothingNew.Events, Is.Zero);
        Assert.That(await TextAsync(), Is.EqualTo(caughtUp));
    }

    [Test]
    public async Task Rebuild_OfAChangedChain_NamesTheEventAndLeavesTheModelsAsTheyWere()
    {
        List<ChainedEvent> chain = RecordedChain.All();
        await _ledger.AppendAsync(chain);
        await Models.RebuildAsync(Token);
        string before = await TextAsync();
        await _ledger.EditAsync(
            "UPDATE events SET payload = (SELECT payload FROM events WHERE seq = 99) WHERE seq = 100");

        LedgerException? refused = await Assert.ThrowsAsync<LedgerException>(() => Models.RebuildAsync(Token));

        Assert.That(refused!.Fault, Is.EqualTo(LedgerFault.Damaged));
        Assert.That(refused.Message, Does.Contain("seq 100 of line-1"));
        Assert.That(await TextAsync(), Is.EqualTo(before));
    }

    [TestCase("UPDATE events SET type = 'coatline.batch-released.v1' WHERE seq = 40", 40)]
    [TestCase("UPDATE events SET batch = 'B-2' WHERE seq = 41", 41)]
    [TestCase("DELETE FROM events WHERE seq = 42", 42)]
    public async Task CatchUp_OverADamagedEvent_NamesIt(string damage, long seq)
    {
        await _ledger.AppendAsync(RecordedChain.All());
        await _ledger.EditAsync(damage);

        LedgerException? refused = await Assert.ThrowsAsync<LedgerException>(() => Models.CatchUpAsync(Token));

        Assert.That(refused!.Message, Does.Contain($"seq {seq} of line-1"));
    }

    [Test]
    public async Task CatchUp_OfAnotherChain_AsksForARebuildWhichCures()
    {
        List<ChainedEvent> chain = RecordedChain.All();
        await _ledger.AppendAsync(chain.Take(100).ToList());
        await Models.CatchUpAsync(Token);
        await _ledger.EditAsync("DELETE FROM events; DELETE FROM line_head");
        await _ledger.AppendAsync(SampleChain.Of(120, batch: "B-X"));

        LedgerException? refused = await Assert.ThrowsAsync<LedgerException>(() => Models.CatchUpAsync(Token));
        ModelReport made = await Models.RebuildAsync(Token);

        Assert.That(refused!.Message, Does.Contain("rebuild"));
        Assert.That(made.Lines.Single().Seq, Is.EqualTo(120));
        Assert.That(await Models.ListAsync(ModelTable.Batches, "B-2026-0001", 10, Token), Is.Empty);
    }

    [Test]
    public async Task Rebuild_OfTwoLines_KeepsThemApart()
    {
        await _ledger.AppendAsync(SampleChain.Of(30));
        await _ledger.AppendAsync(SampleChain.Of(20, new LineId("line-2"), "B-2"));

        ModelReport made = await Models.RebuildAsync(Token);

        Assert.That(made.Lines.Select(l => (l.Line, l.Seq)), Is.EqualTo([("line-1", 30L), ("line-2", 20L)]));
        Assert.That(made.Rows["batches"], Is.EqualTo(2));
    }

    /// <summary>Every row of every model.</summary>
    protected async Task<string> TextAsync()
    {
        var lines = new List<string>();
        foreach (ModelTable table in ModelTable.All)
        {
            lines.AddRange((await Models.ListAsync(table, null, LedgerModels.MaxLimit, Token))
                .Select(row => $"{table.Name} {JsonSerializer.Serialize(row)}"));
        }

        return string.Join('\n', lines);
    }

    private static object? Of(ModelTable table, object?[] row, string column) => row[table.IndexOf(column)];
}

/// <summary>A ledger for a test of the models, in one database or the other.</summary>
internal interface IModelLedger
{
    LedgerPlace Place { get; }

    Task MakeAsync();

    Task AppendAsync(IReadOnlyList<ChainedEvent> chain);

    /// <summary>Does to the ledger what nobody should.</summary>
    Task EditAsync(string sql);

    Task DeleteAsync();
}
