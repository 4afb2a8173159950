using CoatLine.Domain.Events;

namespace CoatLine.Ledger.Tests.Postgres;

/// <summary>
/// Every way in which an owner who has taken the triggers away can tamper with one row, at every position of a chain:
/// found, and named by its number.
/// </summary>
[TestFixture]
[CancelAfter(120_000)]
internal sealed class PostgresMutationTests : PostgresFixture
{
    private const int Length = 24;

    private const string Restore = """
        DELETE FROM coatline.events; DELETE FROM coatline.line_head;
        INSERT INTO coatline.events SELECT * FROM public.kept; INSERT INTO coatline.line_head SELECT * FROM public.head;
        """;

    private static readonly (string Name, string Sql, DamageKind[] Kinds)[] Mutations =
    [
        ("payload one byte", "UPDATE coatline.events SET payload = set_byte(payload, 20, 120) WHERE seq = @n",
            [DamageKind.PayloadAltered]),
        ("payload a space at the end", "UPDATE coatline.events SET payload = payload || ' '::bytea WHERE seq = @n",
            [DamageKind.PayloadAltered]),
        ("payload cut", "UPDATE coatline.events SET payload = substr(payload, 1, 10) WHERE seq = @n",
            [DamageKind.PayloadAltered]),
        ("payload empty", "UPDATE coatline.events SET payload = '' WHERE seq = @n", [DamageKind.PayloadAltered]),
        ("payload invalid UTF-8", @"UPDATE coatline.events SET payload = '\xfffe00' WHERE seq = @n",
            [DamageKind.PayloadAltered]),
        ("id", "UPDATE coatline.events SET id = replace(id, '7', '8') WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("id empty", "UPDATE coatline.events SET id = '' WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("type", "UPDATE coatline.events SET type = type || '2' WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("batch", "UPDATE coatline.events SET batch = 'B-2026-0002' WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("time", "UPDATE coatline.events SET time = replace(time, '0Z', '1Z') WHERE seq = @n",
            [DamageKind.ColumnAltered]),
        ("time same instant", "UPDATE coatline.events SET time = replace(time, '0Z', 'Z') WHERE seq = @n",
            [DamageKind.ColumnAltered]),
        ("previous hash", "UPDATE coatline.events SET prevhash = @other WHERE seq = @n",
            [DamageKind.PreviousHashAltered]),
        ("previous hash longer", @"UPDATE coatline.events SET prevhash = prevhash || '\x00' WHERE seq = @n",
            [DamageKind.PreviousHashAltered]),
        ("hash", "UPDATE coatline.events SET hash = @other WHERE seq = @n", [DamageKind.HashAltered]),
        ("hash cut", "UPDATE coatline.events SET hash = '' WHERE seq = @n", [DamageKind.HashAltered]),
        ("replaced with a fitting hash", "UPDATE coatline.events SET payload = @forged, hash = @forgedHash " +
            "WHERE seq = @n", [DamageKind.Replaced, DamageKind.HeadDisagrees]),
        ("payload and both hashes", "UPDATE coatline.events SET payload = 'x', hash = @other, prevhash = @other " +
            "WHERE seq = @n", [DamageKind.RowAltered]),
        ("line to another", "UPDATE coatline.events SET line = 'line-2' WHERE seq = @n",
            [DamageKind.Missing, DamageKind.Truncated]),
        ("line to one before", "UPDATE coatline.events SET line = 'line-0' WHERE seq = @n", [DamageKind.HeadMissing]),
        ("line garbage", "UPDATE coatline.events SET line = 'LINE 1' WHERE seq = @n", [DamageKind.ColumnAltered]),
        ("seq far away", "UPDATE coatline.events SET seq = 9999 WHERE seq = @n",
            [DamageKind.Missing, DamageKind.Truncated]),
        ("seq negative", "UPDATE coatline.events SET seq = -seq WHERE seq = @n",
            [DamageKind.Missing, DamageKind.Truncated]),
        ("row deleted", "DELETE FROM coatline.events WHERE seq = @n", [DamageKind.Missing, DamageKind.Truncated]),
        ("tail deleted", "DELETE FROM coatline.events WHERE seq >= @n", [DamageKind.Truncated]),
        ("row twice", "ALTER TABLE coatline.events DROP CONSTRAINT events_pkey; " +
            "INSERT INTO coatline.events SELECT * FROM coatline.events WHERE seq = @n", [DamageKind.Duplicate]),
        ("deleted and renumbered", "DELETE FROM coatline.events WHERE seq = @n; " +
            "UPDATE coatline.events SET seq = -seq WHERE seq > @n; " +
            "UPDATE coatline.events SET seq = -seq - 1 WHERE seq < 0",
            [DamageKind.Misplaced, DamageKind.Truncated]),
        ("inserted and renumbered", "UPDATE coatline.events SET seq = -seq WHERE seq >= @n; " +
            "UPDATE coatline.events SET seq = -seq + 1 WHERE seq < 0; INSERT INTO coatline.events " +
            "SELECT 'line-1', @n, id, type, batch, time, @forged, @previous, @forgedHash FROM coatline.events " +
            "WHERE seq = @n + 1", [DamageKind.Inserted, DamageKind.HeadDisagrees]),
        ("swapped with the next", "UPDATE coatline.events SET seq = -1 WHERE seq = @n; " +
            "UPDATE coatline.events SET seq = @n WHERE seq = @n + 1; " +
            "UPDATE coatline.events SET seq = @n + 1 WHERE seq = -1",
            [DamageKind.Misplaced, DamageKind.Truncated]),
        ("payload swapped with the next", "UPDATE coatline.events SET payload = (SELECT payload FROM " +
            "coatline.events o WHERE o.seq = @n % 24 + 1) WHERE seq = @n", [DamageKind.PayloadAltered]),
    ];

    private static IEnumerable<TestCaseData> All() => Mutations.Select(m =>
        new TestCaseData(m.Sql, m.Kinds).SetName($"Verify_AnyRow_{m.Name.Replace(' ', '-')}_IsFoundAndNamed"));

    [TestCaseSource(nameof(All))]
    public async Task Verify_OneMutationOfAnyRow_IsFoundAndNamed(string sql, DamageKind[] kinds)
    {
        List<ChainedEvent> chain = await FillAsync(Length);
        Edit("CREATE TABLE public.kept AS TABLE coatline.events; CREATE TABLE public.head AS TABLE coatline.line_head");
        for (int n = 1; n <= Length; n++)
        {
            ChainedEvent forged = SampleChain.Forged(chain[n - 1], "180.0", "181.0");
            int changed = Edit(sql.Replace("DROP CONSTRAINT events", "DROP CONSTRAINT IF EXISTS events"), new
            {
                n = (long)n,
                other = chain[(n + 5) % Length].Hash.Span.ToArray(),
                previous = forged.Previous.Span.ToArray(),
                forged = forged.Payload.ToArray(),
                forgedHash = forged.Hash.Span.ToArray(),
            });

            VerifyReport report = Verify();
            Edit(Restore);

            Assert.That(changed, Is.Positive, $"row {n}: the mutation changed nothing");
            Assert.That(report.Sound, Is.False, $"row {n} was not found");
            Assert.That(report.Damages[0].Seq, Is.EqualTo(n), report.Damages[0].ToString());
            Assert.That(kinds, Does.Contain(report.Damages[0].Kind), $"row {n}: {report.Damages[0]}");
        }

        Assert.That(Verify().Sound, Is.True, "as it was");
    }

    [TestCase("UPDATE coatline.line_head SET hash = (SELECT hash FROM coatline.events WHERE seq = 3)", 24,
        DamageKind.HeadDisagrees)]
    [TestCase("UPDATE coatline.line_head SET hash = ''", 24, DamageKind.HeadDisagrees)]
    [TestCase("UPDATE coatline.line_head SET seq = 25", 25, DamageKind.Truncated)]
    [TestCase("UPDATE coatline.line_head SET seq = 23", 24, DamageKind.BeyondHead)]
    [TestCase("UPDATE coatline.line_head SET line = 'line-2'", 1, DamageKind.HeadMissing)]
    [TestCase("DELETE FROM coatline.line_head", 1, DamageKind.HeadMissing)]
    [TestCase("DELETE FROM coatline.events", 1, DamageKind.Truncated)]
    [TestCase("DELETE FROM coatline.events WHERE seq < 9", 1, DamageKind.Missing)]
    [TestCase("DELETE FROM coatline.events WHERE seq BETWEEN 9 AND 12", 9, DamageKind.Missing)]
    public async Task Verify_HeadOrManyRowsDamaged_NamesTheFirst(string sql, long named, DamageKind kind)
    {
        await FillAsync(Length);
        Edit(sql);

        Assert.That(Verify().Damages.Select(d => (d.Seq, d.Kind)), Does.Contain((named, kind)));
    }

    [Test]
    public async Task Verify_AgainstAMarkKeptElsewhere_FindsAForgedEnd()
    {
        List<ChainedEvent> chain = await FillAsync(Length);
        ChainedEvent forged = SampleChain.Forged(chain[^1], "180.0", "181.0");
        Edit(
            "UPDATE coatline.events SET payload = @payload, hash = @hash WHERE seq = 24; " +
            "UPDATE coatline.line_head SET hash = @hash",
            new { payload = forged.Payload.ToArray(), hash = forged.Hash.Span.ToArray() });

        Assert.That(Verify().Sound, Is.True, "consistent in itself");
        Assert.That(
            Verify(new LedgerMark(Line, 24, chain[^1].Hash)).Damages.Select(d => (d.Seq, d.Kind)),
            Is.EqualTo(new[] { (24L, DamageKind.NotAsExpected) }));
    }
}
