using System.Text;
using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Tests.Verification;

/// <summary>
/// Every way of tampering with one row, at every position of a chain: found, and named by its number.
/// </summary>
[TestFixture]
internal sealed class MutationTests : LedgerFixture
{
    private const int Length = 24;

    /// <summary>What is done to row @n, and what the first finding, which names n, may say.</summary>
    private static readonly (string Name, string Sql, DamageKind[] Kinds)[] Mutations =
    [
        ("payload one digit", "UPDATE events SET payload = replace(payload, '180.0', '180.1') WHERE seq = @n",
            [DamageKind.PayloadAltered]),
        ("payload a space at the end", "UPDATE events SET payload = payload || ' ' WHERE seq = @n",
            [DamageKind.PayloadAltered]),
        ("payload cut", "UPDATE events SET payload = substr(payload, 1, 10) WHERE seq = @n",
            [DamageKind.PayloadAltered]),
        ("payload empty", "UPDATE events SET payload = '' WHERE seq = @n", [DamageKind.PayloadAltered]),
        ("payload as blob", "UPDATE events SET payload = CAST(payload AS BLOB) WHERE seq = @n",
            [DamageKind.ColumnAltered]),
        ("payload invalid UTF-8", "UPDATE events SET payload = CAST(x'fffe00' AS TEXT) WHERE seq = @n",
            [DamageKind.PayloadAltered]),
        ("payload a number", "UPDATE events SET payload = 7 WHERE seq = @n", [DamageKind.PayloadAltered]),
        ("id", "UPDATE events SET id = replace(id, '7', '8') WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("id upper case", "UPDATE events SET id = id || 'A' WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("type", "UPDATE events SET type = type || '2' WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("batch", "UPDATE events SET batch = 'B-2026-0002' WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("batch as blob", "UPDATE events SET batch = CAST(batch AS BLOB) WHERE seq = @n",
            [DamageKind.ColumnAltered]),
        ("time", "UPDATE events SET time = replace(time, '0Z', '1Z') WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("time same instant", "UPDATE events SET time = replace(time, '0Z', 'Z') WHERE seq = @n",
            [DamageKind.ColumnAltered]),
        ("previous hash", "UPDATE events SET prevhash = @other WHERE seq = @n", [DamageKind.PreviousHashAltered]),
        ("previous hash upper case", "UPDATE events SET prevhash = prevhash || 'x' WHERE seq = @n",
            [DamageKind.PreviousHashAltered]),
        ("hash", "UPDATE events SET hash = @other WHERE seq = @n", [DamageKind.HashAltered]),
        ("hash garbage", "UPDATE events SET hash = x'00' WHERE seq = @n", [DamageKind.HashAltered]),
        ("row replaced with a fitting hash", "UPDATE events SET payload = @forgedPayload, hash = @forgedHash " +
            "WHERE seq = @n", [DamageKind.Replaced, DamageKind.HeadDisagrees]),
        ("payload and both hashes", "UPDATE events SET payload = 'x', hash = @other, prevhash = @other " +
            "WHERE seq = @n", [DamageKind.RowAltered]),
        ("line to another", "UPDATE events SET line = 'line-2' WHERE seq = @n",
            [DamageKind.Missing, DamageKind.Truncated]),
        ("line to one before", "UPDATE events SET line = 'line-0' WHERE seq = @n", [DamageKind.HeadMissing]),
        ("line garbage", "UPDATE events SET line = 'LINE 1' WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("line as blob", "UPDATE events SET line = CAST(line AS BLOB) WHERE seq = @n",
            [DamageKind.Missing, DamageKind.ColumnAltered]),
        ("seq far away", "UPDATE events SET seq = 9999 WHERE seq = @n",
            [DamageKind.Missing, DamageKind.Truncated]),
        ("seq as text", "UPDATE events SET seq = 'x' WHERE seq = @n",
            [DamageKind.Missing, DamageKind.Truncated]),
        ("seq negative", "UPDATE events SET seq = -seq WHERE seq = @n",
            [DamageKind.Missing, DamageKind.Truncated]),
        ("row deleted", "DELETE FROM events WHERE seq = @n", [DamageKind.Missing, DamageKind.Truncated]),
        ("tail deleted", "DELETE FROM events WHERE seq >= @n", [DamageKind.Truncated]),
        ("deleted and renumbered", "DELETE FROM events WHERE seq = @n; " +
            "UPDATE events SET seq = -seq WHERE seq > @n; UPDATE events SET seq = -seq - 1 WHERE seq < 0",
            [DamageKind.Misplaced, DamageKind.Truncated]),
        ("inserted and renumbered", "UPDATE events SET seq = -seq WHERE seq >= @n; " +
            "UPDATE events SET seq = -seq + 1 WHERE seq < 0; INSERT INTO events " +
            "SELECT 'line-1', @n, id, type, batch, time, @forgedPayload, @previous, @forgedHash FROM events " +
            "WHERE seq = @n + 1", [DamageKind.Inserted, DamageKind.HeadDisagrees]),
        ("swapped with the next", "UPDATE events SET seq = -1 WHERE seq = @n; " +
            "UPDATE events SET seq = @n WHERE seq = @n + 1; UPDATE events SET seq = @n + 1 WHERE seq = -1",
            [DamageKind.Misplaced, DamageKind.Truncated]),
        ("payload swapped with the next", "UPDATE events SET payload = (SELECT payload FROM events o " +
            "WHERE o.seq = @n % 24 + 1) WHERE seq = @n", [DamageKind.PayloadAltered]),
    ];

    private static IEnumerable<TestCaseData> All() => Mutations.Select(m =>
        new TestCaseData(m.Sql, m.Kinds).SetName($"Verify_AnyRow_{m.Name.Replace(' ', '-')}_IsFoundAndNamed"));

    [TestCaseSource(nameof(All))]
    public void Verify_OneMutationOfAnyRow_IsFoundAndNamed(string sql, DamageKind[] kinds)
    {
        List<ChainedEvent> chain = Fill(Length);
        string pristine = Folder.File("pristine.db");
        File.Move(LedgerPath, pristine);
        for (int n = 1; n <= Length; n++)
        {
            File.Copy(pristine, LedgerPath, overwrite: true);
            ChainedEvent forged = SampleChain.Forged(chain[n - 1], "180.0", "181.0");
            int changed = Edit(sql, new
            {
                n,
                other = chain[(n + 5) % Length].Hash.ToString(),
                previous = forged.Previous.ToString(),
                forgedPayload = Encoding.UTF8.GetString(forged.Payload.Span),
                forgedHash = forged.Hash.ToString(),
            });

            VerifyReport report = LedgerVerifier.Verify(LedgerPath);

            Assert.That(changed, Is.Positive, $"row {n}: the mutation changed nothing");
            Assert.That(report.Sound, Is.False, $"row {n} was not found");
            Assert.That(report.Damages[0].Seq, Is.EqualTo(n), report.Damages[0].ToString());
            Assert.That(kinds, Does.Contain(report.Damages[0].Kind), $"row {n}: {report.Damages[0]}");
        }
    }

    [TestCase("UPDATE line_head SET hash = (SELECT hash FROM events WHERE seq = 3)", 24, DamageKind.HeadDisagrees)]
    [TestCase("UPDATE line_head SET hash = upper(hash)", 24, DamageKind.HeadDisagrees)]
    [TestCase("UPDATE line_head SET seq = 25", 25, DamageKind.Truncated)]
    [TestCase("UPDATE line_head SET seq = 23", 23, DamageKind.HeadDisagrees)]
    [TestCase("UPDATE line_head SET seq = 'x'", 24, DamageKind.HeadDisagrees)]
    [TestCase("UPDATE line_head SET line = 'line-2'", 1, DamageKind.HeadMissing)]
    [TestCase("DELETE FROM line_head", 1, DamageKind.HeadMissing)]
    [TestCase("DELETE FROM events", 1, DamageKind.Truncated)]
    [TestCase("DELETE FROM events WHERE seq < 9", 1, DamageKind.Missing)]
    [TestCase("DELETE FROM events WHERE seq BETWEEN 9 AND 12", 9, DamageKind.Missing)]
    [TestCase("UPDATE events SET seq = 1000 - seq", 1, DamageKind.Truncated)]
    public void Verify_HeadOrManyRowsDamaged_NamesTheFirst(string sql, long named, DamageKind kind)
    {
        Fill(Length);
        Edit(sql);

        VerifyReport report = LedgerVerifier.Verify(LedgerPath);

        Assert.That(report.Damages.Select(d => (d.Seq, d.Kind)).FirstOrDefault(), Is.EqualTo((named, kind)));
    }

    [Test]
    public void Verify_AnyByteOfAPayloadFlipped_NamesTheRow()
    {
        const int Flips = 300;
        List<ChainedEvent> chain = Fill(Length);
        var random = new Random(20260105);
        for (int i = 0; i < Flips; i++)
        {
            int n = random.Next(Length) + 1;
            byte[] payload = chain[n - 1].Payload.ToArray();
            byte[] flipped = [.. payload];
            flipped[random.Next(payload.Length)] ^= (byte)(1 << random.Next(8));
            const string Write = "UPDATE events SET payload = CAST(@payload AS TEXT) WHERE seq = @n";

            Edit(Write, new { n, payload = flipped });
            VerifyReport report = LedgerVerifier.Verify(LedgerPath);
            Edit(Write, new { n, payload });

            Assert.That(
                report.Damages.Select(d => (d.Seq, d.Kind)),
                Is.EqualTo(new[] { ((long)n, DamageKind.PayloadAltered) }));
        }

        Assert.That(LedgerVerifier.Verify(LedgerPath).Sound, Is.True);
    }

    [Test]
    public void Verify_AnyByteOfTheFileFlipped_IsFoundUnlessEveryRowIsAsItWas()
    {
        const int Flips = 400;
        List<ChainedEvent> chain = Fill(Length);
        byte[] pristine = File.ReadAllBytes(LedgerPath);
        var random = new Random(20260106);
        int found = 0;
        for (int i = 0; i < Flips; i++)
        {
            byte[] damaged = [.. pristine];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(LedgerPath, damaged);
            try
            {
                if (LedgerVerifier.Verify(LedgerPath) is { Sound: true } report)
                {
                    Assert.That(report.Head!.Hash, Is.EqualTo(chain[^1].Hash.ToString()));
                    Assert.That(
                        new LedgerReader(LedgerPath).Events(new EventQuery()).Select(r => r.Payload),
                        Is.EqualTo(chain.Select(e => Encoding.UTF8.GetString(e.Payload.Span))));
                    continue;
                }
            }
            catch (LedgerException)
            {
                // Refused with a sentence: found as well.
            }

            found++;
        }

        Assert.That(found, Is.GreaterThan(Flips / 4), "a good part of the file is rows");
    }
}
