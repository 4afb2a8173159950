using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Proof;

namespace CoatLine.Ledger.Tests.Proof;

internal sealed class LedgerNotaryTests : NotaryFixture
{
    [Test]
    public void Sign_OfALedger_NamesHeadAndRootAndIsSigned()
    {
        List<ChainedEvent> chain = FillMixed();
        SignedCheckpoint signed = Notary.Sign(SampleChain.Line);

        Assert.Multiple(() =>
        {
            Assert.That(signed.Checkpoint.Seq, Is.EqualTo(20));
            Assert.That(signed.Checkpoint.Head, Is.EqualTo(chain[^1].Hash));
            Assert.That(
                signed.Checkpoint.Root,
                Is.EqualTo(MerkleTree.Root([.. chain.Select(e => MerkleTree.Leaf(e.Hash))])));
            Assert.That(signed.Checkpoint.Previous, Is.EqualTo(ChainHash.Zero));
            Assert.That(signed.IsSignedBy(Keys.Keys()[0].Key));
        });
    }

    [Test]
    public void Sign_Twice_MakesOneCheckpoint()
    {
        FillMixed();
        SignedCheckpoint first = Notary.Sign(SampleChain.Line);
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(Notary.Sign(SampleChain.Line).Checkpoint, Is.EqualTo(first.Checkpoint));
        Assert.That(Checkpoints.All(SampleChain.Line), Has.Length.EqualTo(1));
    }

    [Test]
    public void Sign_AfterMoreEvents_NamesTheOneBefore()
    {
        List<ChainedEvent> chain = FillMixed();
        Checkpoint first = Notary.Sign(SampleChain.Line).Checkpoint;
        Grow(chain, 3);
        Checkpoint second = Notary.Sign(SampleChain.Line).Checkpoint;

        Assert.That(second.Seq, Is.EqualTo(23));
        Assert.That(second.Previous, Is.EqualTo(first.Hash));
        Assert.That(
            Checkpoints.All(SampleChain.Line).Select(c => c.Checkpoint), Is.EqualTo(new[] { first, second }));
    }

    [Test]
    public void Sign_AfterARewriteOfWhatWasSigned_IsRefused()
    {
        List<ChainedEvent> chain = FillMixed();
        Notary.Sign(SampleChain.Line);
        Grow(chain, 1);

        // A forger who rewrites the whole chain to fit leaves the chain sound; the checkpoint tells all the same.
        Edit("DELETE FROM events; DELETE FROM line_head;");
        var forged = new List<ChainedEvent>();
        foreach (ChainedEvent e in chain)
        {
            forged.Add(SampleChain.Next(e.Line, forged.LastOrDefault(), "coat-completed", e.Batch, "forged"));
        }

        using (LedgerStore store = LedgerStore.Open(LedgerPath))
        {
            Assert.That(store.Append(forged).Verdict, Is.EqualTo(AppendVerdict.Committed));
        }

        Assert.That(LedgerVerifier.Verify(LedgerPath).Sound, "the forged chain is sound by itself");
        Assert.That(
            () => Notary.Sign(SampleChain.Line),
            Throws.InstanceOf<ProofException>().With.Message.Contains("event 20"));
    }

    [Test]
    public void Sign_OfATruncatedLedger_IsRefused()
    {
        FillMixed();
        Notary.Sign(SampleChain.Line);
        Edit("DELETE FROM events WHERE seq > 18; UPDATE line_head SET seq = 18, "
            + "hash = (SELECT hash FROM events WHERE seq = 18)");

        Assert.That(() => Notary.Sign(SampleChain.Line), Throws.InstanceOf<ProofException>());
    }

    [Test]
    public void Sign_FromTheFrontier_MakesTheRootOfTheWholeChain([Values(1, 2, 3, 44)] int more)
    {
        List<ChainedEvent> chain = FillMixed();
        Notary.Sign(SampleChain.Line);
        Grow(chain, more);
        SignedCheckpoint grown = Notary.Sign(SampleChain.Line);

        Assert.That(
            grown.Checkpoint.Root, Is.EqualTo(MerkleTree.Root([.. chain.Select(e => MerkleTree.Leaf(e.Hash))])));
        Assert.That(grown.Tree!.Size, Is.EqualTo(20 + more));
    }

    [Test]
    public void Sign_OnACheckpointWhoseFrontierIsLost_ReadsTheChainAnew()
    {
        List<ChainedEvent> chain = FillMixed();
        Notary.Sign(SampleChain.Line);
        Alter(text => Regex.Replace(text, "\"frontier\": \\[[^]]*\\]", "\"frontier\": []"));
        Grow(chain, 5);

        Assert.That(
            Notary.Sign(SampleChain.Line).Checkpoint.Root,
            Is.EqualTo(MerkleTree.Root([.. chain.Select(e => MerkleTree.Leaf(e.Hash))])));
    }

    [Test]
    public void Sign_OnACheckpointThatWasAltered_IsRefused()
    {
        List<ChainedEvent> chain = FillMixed();
        Notary.Sign(SampleChain.Line);
        Alter(static text => text.Replace("12:00:00", "12:00:01", StringComparison.Ordinal));
        Grow(chain, 1);

        Assert.That(
            () => Notary.Sign(SampleChain.Line),
            Throws.InstanceOf<ProofException>().With.Message.Contains("none of the keys"));
    }

    [Test]
    public void Sign_OfALedgerWithAGap_IsRefused()
    {
        FillMixed();
        Edit("DELETE FROM events WHERE seq = 7");

        Assert.That(
            () => Notary.Sign(SampleChain.Line),
            Throws.InstanceOf<LedgerException>().With.Message.Contains("event 7"));
    }

    [Test]
    public void Sign_OfAnUnknownLine_IsRefused()
    {
        FillMixed();
        Assert.That(() => Notary.Sign(new LineId("line-9")), Throws.InstanceOf<ProofException>());
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void Checkpoint_OnDisk_IsReadOnlyAndNeverOverwritten()
    {
        FillMixed();
        SignedCheckpoint signed = Notary.Sign(SampleChain.Line);
        string path = Path.Combine(Folder.File("checkpoints"), "line-1", "000000000020.json");

        Assert.That(File.GetUnixFileMode(path) & UnixFileMode.UserWrite, Is.EqualTo(UnixFileMode.None));
        Assert.That(() => Checkpoints.Keep(signed), Throws.InstanceOf<ProofException>());
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void Key_OnDisk_IsForItsOwnerOnly()
    {
        Keys.Current().Dispose();
        Assert.That(
            File.GetUnixFileMode(Path.Combine(Folder.File("keys"), "1.key.pem")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Key_CutOffBeforeItsPublicHalf_IsPassedOver()
    {
        using SigningKey first = Keys.Current();
        File.WriteAllText(Path.Combine(Folder.File("keys"), "2.key.pem"), "half a k");

        using SigningKey current = Keys.Current();
        Assert.That(current.Id, Is.EqualTo(first.Id));
    }

    [Test]
    public void Key_ExchangedForAnother_IsNamed()
    {
        Keys.Current().Dispose();
        string path = Path.Combine(Folder.File("keys"), "1.key.pem");
        using SigningKey other = SigningKey.Create();
        File.WriteAllText(path, other.ToPem());

        Assert.That(
            () => Keys.Current(), Throws.InstanceOf<ProofException>().With.Message.Contains("belong together"));
    }

    [Test]
    public void Rotate_MakesAKeyThatTheOldOneVouchesFor()
    {
        ChainHash old;
        using (SigningKey first = Keys.Current())
        {
            old = first.Id;
        }

        using SigningKey second = Keys.Rotate();
        using SigningKey current = Keys.Current();

        Assert.That(current.Id, Is.EqualTo(second.Id).And.Not.EqualTo(old));
        Assert.That(KeySuccession.Trusted(Keys.Keys(), [old]), Is.EquivalentTo(new[] { old, second.Id }));
        Assert.That(KeySuccession.Trusted(Keys.Keys(), [second.Id]), Is.EquivalentTo(new[] { second.Id }));
    }

    private void Alter(Func<string, string> change)
    {
        string path = Path.Combine(Folder.File("checkpoints"), "line-1", "000000000020.json");
        string text = File.ReadAllText(path);
        string altered = change(text);
        Assert.That(altered, Is.Not.EqualTo(text));
        File.Delete(path);
        File.WriteAllText(path, altered);
    }
}
