using CoatLine.Domain.Events;
using CoatLine.Ledger.Sqlite;

namespace CoatLine.Ledger.Tests.Verification;

/// <summary>Several processors say the same as a walk over one line of several pieces, and miss nothing at the joints.
/// </summary>
[TestFixture]
internal sealed class ParallelWalkTests : LedgerFixture
{
    private const int Length = 41_000;
    private const int Joint = 20_000;

    private static readonly Lazy<List<ChainedEvent>> Chain = new(() => SampleChain.Of(Length));

    private static readonly string[] Changes =
    [
        "UPDATE events SET payload = replace(payload, '180.0', '180.1') WHERE seq = @n",
        "UPDATE events SET prevhash = (SELECT hash FROM events WHERE seq = 7) WHERE seq = @n",
        "UPDATE events SET hash = (SELECT hash FROM events WHERE seq = 7) WHERE seq = @n",
        "UPDATE events SET type = 'coatline.batch-released.v1' WHERE seq = @n",
        "UPDATE events SET type = CAST(type AS BLOB) WHERE seq = @n",
        "DELETE FROM events WHERE seq = @n",
    ];

    private readonly TemporaryFolder _kept = new();

    [OneTimeSetUp]
    public void FillOnce()
    {
        using LedgerStore store = LedgerStore.Open(_kept.File("pristine.db"));
        foreach (ChainedEvent[] segment in Chain.Value.Chunk(LedgerStore.MaxSegmentEvents))
        {
            store.Append(segment);
        }
    }

    [OneTimeTearDown]
    public void DeleteKept() => _kept.Delete();

    [Test]
    public void Run_SoundLedger_ReportsWhatAWalkReports()
    {
        Fill();
        using var connection = LedgerFile.OpenReader(LedgerPath, out _);

        VerifyReport walked = LedgerWalk.Run(connection, [], CancellationToken.None);
        VerifyReport? found = Run();

        Assert.That(walked.Sound, Is.True);
        Assert.That(found, Is.Not.Null);
        Assert.That((found!.Events, found.Head), Is.EqualTo((walked.Events, walked.Head)));
    }

    [Test]
    public void Run_RowsAtTheEndsOfPiecesChanged_SaysNothingAndTheWalkNamesThem(
        [ValueSource(nameof(Changes))] string sql, [Values(1, Joint, Joint + 1, Length)] int n)
    {
        Fill();

        Assert.That(Edit(sql, new { n }), Is.EqualTo(1));

        Assert.That(Run(), Is.Null);
        Assert.That(LedgerVerifier.Verify(LedgerPath).Damages[0].Seq, Is.EqualTo(n));
    }

    [Test]
    public void Run_APieceForgedWithFittingHashes_DoesNotFitTheNext()
    {
        Fill();
        ChainedEvent forged = SampleChain.Forged(Chain.Value[Joint - 1], "180.0", "181.0");
        Edit(
            "UPDATE events SET payload = CAST(@payload AS TEXT), hash = @hash WHERE seq = @n",
            new { n = Joint, payload = forged.Payload.ToArray(), hash = forged.Hash.ToString() });

        Assert.That(Run(), Is.Null);
    }

    [Test]
    public void Verify_SinceACheckpoint_ReadsWhatFollowsAndThatItFollows()
    {
        Fill();
        var mark = new LedgerMark(SampleChain.Line, 30_000, Chain.Value[29_999].Hash);
        var scope = new VerifyScope { VerifiedThrough = [mark] };

        VerifyReport report = LedgerVerifier.Verify(LedgerPath, scope);

        Assert.That((report.Sound, report.Events), Is.EqualTo((true, 11_001L)), "the event of the mark and all after");
        var other = scope with { VerifiedThrough = [mark with { Hash = Chain.Value[7].Hash }] };
        Assert.That(
            LedgerVerifier.Verify(LedgerPath, other).Events, Is.EqualTo(Length), "another event: all is read");
        Edit("UPDATE events SET payload = payload || ' ' WHERE seq = 35000");
        Assert.That(LedgerVerifier.Verify(LedgerPath, scope).Damages[0].Seq, Is.EqualTo(35_000));
    }

    [TestCase(0)]
    [TestCase(257)]
    public void Verify_JobsOutOfRange_IsRefused(int jobs) => Assert.That(
        () => LedgerVerifier.Verify(LedgerPath, new VerifyScope { Jobs = jobs }),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    private VerifyReport? Run() => ParallelWalk.Run(
        new LedgerSource(LedgerPath),
        new Dictionary<LineId, LedgerMark>(),
        new Dictionary<LineId, LedgerMark>(),
        3,
        CancellationToken.None);

    private void Fill() => File.Copy(_kept.File("pristine.db"), LedgerPath);
}
