using System.Collections.Immutable;
using System.Text;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Proof;

namespace CoatLine.Ledger.Tests.Proof;

internal sealed class CertificateTests : NotaryFixture
{
    [Test]
    public void Certificate_OfABatch_HoldsOfflineWithItsEventsToTheByte()
    {
        List<ChainedEvent> chain = FillMixed();
        BatchCertificate read = RoundTrip(Notary.Certify(Batch));
        CertificateReport report = CertificateVerifier.Verify(read, [read.Checkpoint.Checkpoint.Key]);

        ChainedEvent[] expected = [.. chain.Where(e => e.Batch == Batch)];
        Assert.Multiple(() =>
        {
            Assert.That(report.Findings, Is.Empty);
            Assert.That(report.Holds);
            Assert.That(report.KeyTrust, Is.EqualTo(KeyTrust.Trusted));
            Assert.That(report.Others, Is.EqualTo(expected[^1].Seq - expected[0].Seq + 1 - expected.Length));
            Assert.That(
                read.Events.Select(e => Encoding.UTF8.GetString(e.Payload.Span)),
                Is.EqualTo(expected.Select(e => Encoding.UTF8.GetString(e.Payload.Span))));
        });
    }

    [Test]
    public void Certificate_UnderARotatedKey_IsTrustedThroughTheOldOne()
    {
        FillMixed();
        ChainHash published;
        using (SigningKey first = Keys.Current())
        {
            published = first.Id;
        }

        Keys.Rotate().Dispose();
        Keys.Rotate().Dispose();
        CertificateReport report = CertificateVerifier.Verify(RoundTrip(Notary.Certify(Batch)), [published]);

        Assert.That(report.SignedBy, Is.Not.EqualTo(published));
        Assert.That(report.KeyTrust, Is.EqualTo(KeyTrust.Trusted));
    }

    [Test]
    public void Certificate_WithoutAKeyNamed_LeavesTheQuestionOpen()
    {
        FillMixed();
        CertificateReport report = CertificateVerifier.Verify(Notary.Certify(Batch), []);

        Assert.That(report.Holds);
        Assert.That(report.KeyTrust, Is.EqualTo(KeyTrust.NotAsked));
    }

    [Test]
    public void Certificate_SignedByAStranger_IsNotTrusted()
    {
        FillMixed();
        BatchCertificate genuine = Notary.Certify(Batch);
        using SigningKey stranger = SigningKey.Create();
        BatchCertificate forged = genuine with
        {
            Checkpoint = stranger.Sign(genuine.Checkpoint.Checkpoint with { Key = stranger.Id }, []),
            Keys = [.. genuine.Keys, new KeySuccession(stranger.Public, genuine.Keys[0].Key.Id, new byte[64])],
        };
        CertificateReport report = CertificateVerifier.Verify(forged, [genuine.Keys[0].Key.Id]);

        Assert.That(report.Holds, Is.False);
        Assert.That(report.KeyTrust, Is.EqualTo(KeyTrust.Unknown));
    }

    private static IEnumerable<TestCaseData> Mutations()
    {
        ChainHash other = MerkleTree.Leaf("other"u8);
        yield return Mutation("payload", c => c with { Events = Alter(c, 2, e => e with { Payload = Changed(e) }) });
        yield return Mutation("payload and its hash", c => c with
        {
            Events = Alter(c, 2, e => e with
            {
                Payload = Changed(e), Hash = EventChain.Hash(c.Line, e.Seq, e.Previous, Changed(e).Span),
            }),
        });
        yield return Mutation("hash", c => c with { Events = Alter(c, 0, e => e with { Hash = other }) });
        yield return Mutation("predecessor", c => c with { Events = Alter(c, 0, e => e with { Previous = other }) });
        yield return Mutation("number", c => c with { Events = Alter(c, 0, e => e with { Seq = e.Seq - 1 }) });
        yield return Mutation("number 0", c => c with { Events = Alter(c, 0, e => e with { Seq = 0 }) });
        yield return Mutation("number beyond", c => c with { Events = Alter(c, 6, e => e with { Seq = 21 }) });
        yield return Mutation("path", c => c with
        {
            Events = Alter(c, 3, e => e with { Path = e.Path.SetItem(1, other) }),
        });
        yield return Mutation("path shortened", c => c with
        {
            Events = Alter(c, 3, e => e with { Path = e.Path.RemoveAt(0) }),
        });
        yield return Mutation("order", c => c with { Events = [.. c.Events.Reverse()] });
        yield return Mutation("twice", c => c with { Events = c.Events.Insert(1, c.Events[0]) });
        yield return Mutation("none", c => c with { Events = [] });
        yield return Mutation("batch", c => c with { Batch = "B-2026-0001" });
        yield return Mutation("line", c => c with { Line = new LineId("line-2") });
        yield return Mutation("keys", c => c with { Keys = [] });
        yield return Mutation("head", c => With(c, k => k with { Head = other }));
        yield return Mutation("root", c => With(c, k => k with { Root = other }));
        yield return Mutation("size", c => With(c, k => k with { Seq = k.Seq + 1 }));
        yield return Mutation("time", c => With(c, k => k with { Time = k.Time.AddTicks(10) }));
        yield return Mutation("previous", c => With(c, k => k with { Previous = other }));
        yield return Mutation("key", c => With(c, k => k with { Key = other }));
        yield return Mutation("signature", c => c with
        {
            Checkpoint = c.Checkpoint with { Signature = c.Checkpoint.Signature[..63] },
        });
    }

    [TestCaseSource(nameof(Mutations))]
    public void Certificate_WithOneThingChanged_DoesNotHold(Func<BatchCertificate, BatchCertificate> change)
    {
        FillMixed();
        CertificateReport report = CertificateVerifier.Verify(change(Notary.Certify(Batch)), []);

        Assert.That(report.Holds, Is.False);
        Assert.That(report.Findings, Is.Not.Empty);
    }

    [Test]
    public void Certificate_OfAPayloadEditedInTheLedger_DoesNotHold()
    {
        FillMixed();
        Edit("UPDATE events SET payload = replace(payload, 'number 8', 'number 9') WHERE seq = 8");
        CertificateReport report = CertificateVerifier.Verify(Notary.Certify(Batch), []);

        Assert.That(report.Findings.Select(f => f.Seq), Is.All.EqualTo(8));
        Assert.That(report.Holds, Is.False);
    }

    [Test]
    public void Certify_OfNoSuchBatch_IsRefused()
    {
        FillMixed();
        Assert.That(() => Notary.Certify("B-9999-0001"), Throws.InstanceOf<ProofException>());
    }

    [TestCase("{}", "format")]
    [TestCase("[]", "certificate")]
    [TestCase("no json", "certificate")]
    [TestCase("{\"format\":\"coatline.certificate.v2\"}", "line")]
    public void Read_OfSomethingElse_NamesFileOrField(string text, string named)
    {
        string path = Folder.File("certificate.json");
        File.WriteAllText(path, text);

        Assert.That(
            () => ProofJson.ReadCertificate(path), Throws.InstanceOf<ProofException>().With.Message.Contains(named));
    }

    [TestCase("\"seq\": 2,", "\"seq\": 2, \"seq\": 2,")]
    [TestCase("\"batch\"", "\"lot\"")]
    [TestCase("coatline.certificate.v1", "coatline.certificate.v2")]
    public void Read_OfAnAlteredForm_IsRefused(string from, string to)
    {
        FillMixed();
        string path = Folder.File("certificate.json");
        string text = ProofJson.Write(Notary.Certify(Batch));
        Assert.That(text, Does.Contain(from));
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));

        Assert.That(() => ProofJson.ReadCertificate(path), Throws.InstanceOf<ProofException>());
    }

    private BatchCertificate RoundTrip(BatchCertificate certificate)
    {
        string path = Folder.File("certificate.json");
        File.WriteAllText(path, ProofJson.Write(certificate));
        return ProofJson.ReadCertificate(path);
    }

    private static TestCaseData Mutation(string name, Func<BatchCertificate, BatchCertificate> change) =>
        new TestCaseData(change).SetArgDisplayNames(name);

    private static ImmutableArray<CertifiedEvent> Alter(
        BatchCertificate certificate, int index, Func<CertifiedEvent, CertifiedEvent> change) =>
        certificate.Events.SetItem(index, change(certificate.Events[index]));

    private static BatchCertificate With(BatchCertificate certificate, Func<Checkpoint, Checkpoint> change) =>
        certificate with
        {
            Checkpoint = certificate.Checkpoint with { Checkpoint = change(certificate.Checkpoint.Checkpoint) },
        };

    private static ReadOnlyMemory<byte> Changed(CertifiedEvent e) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(e.Payload.Span).Replace("number", "nimber", StringComparison.Ordinal));
}
