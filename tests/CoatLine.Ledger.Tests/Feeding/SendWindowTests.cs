using CoatLine.Messaging;

namespace CoatLine.Ledger.Tests.Feeding;

[TestFixture]
internal sealed class SendWindowTests
{
    [Test]
    public void MaySend_WindowFull_IsFalseUntilAMarkComes()
    {
        var window = new SendWindow(maxSegments: 2, confirmed: 10);
        window.Sent(15);
        Assert.That(window.MaySend, Is.True);
        window.Sent(20);
        Assert.That(window.MaySend, Is.False);

        Assert.That(window.Confirm(14), Is.True, "a mark inside a segment is progress, but frees nothing");
        Assert.That(window.MaySend, Is.False);
        Assert.That(window.Confirm(15), Is.True);
        Assert.That((window.MaySend, window.Waiting), Is.EqualTo((true, true)));
    }

    [TestCase(10)]
    [TestCase(3)]
    public void Confirm_OldMark_IsNoNews(long seq)
    {
        var window = new SendWindow(maxSegments: 2, confirmed: 10);

        Assert.That(window.Confirm(seq), Is.False);
        Assert.That((window.Confirmed, window.SentThrough), Is.EqualTo((10L, 10L)));
    }

    [Test]
    public void Confirm_BeyondWhatWasSent_MovesBoth()
    {
        var window = new SendWindow(maxSegments: 2, confirmed: 10);
        window.Sent(15);

        window.Confirm(30);

        Assert.That((window.Confirmed, window.SentThrough, window.Waiting), Is.EqualTo((30L, 30L, false)));
    }

    [Test]
    public void RewindTo_BelowTheConfirmed_TakesThatBack()
    {
        var window = new SendWindow(maxSegments: 2, confirmed: 10);
        window.Sent(15);

        window.RewindTo(4);

        Assert.That(
            (window.Confirmed, window.SentThrough, window.Waiting, window.Round),
            Is.EqualTo((4L, 4L, false, 1L)));
    }

    /// <summary>
    /// Journal, lossy bus and ledger as numbers: whatever is lost, everything arrives, none is skipped.
    /// </summary>
    [Test]
    public void Window_OverALossyBus_BringsEverythingWithinItsBound([Range(1, 200)] int seed)
    {
        const int Head = 100;
        const int MaxSegments = 4;
        var random = new Random(seed);
        var window = new SendWindow(MaxSegments, 0);
        var bus = new List<(long First, long Last, long Round)>();
        long ledger = 0;
        int steps = 0;
        while (window.Confirmed < Head)
        {
            Assert.That(++steps, Is.LessThan(100_000), "no progress");
            if (window.MaySend && window.SentThrough < Head)
            {
                long last = Math.Min(Head, window.SentThrough + random.Next(1, 8));
                bus.Add((window.SentThrough + 1, last, window.Round));
                window.Sent(last);
            }

            Assert.That(bus.Count(s => s.Round == window.Round && s.Last > window.Confirmed),
                Is.LessThanOrEqualTo(MaxSegments));
            if (bus.Count > 0 && random.Next(2) == 0)
            {
                (long first, long end, long round) = bus[random.Next(bus.Count)];
                bus.Remove((first, end, round));
                int fate = random.Next(4);
                if (fate > 0 && first <= ledger + 1)
                {
                    ledger = Math.Max(ledger, end);
                    if (fate > 1)
                    {
                        window.Confirm(ledger);
                    }
                }
                else if (fate > 0 && round == window.Round)
                {
                    window.RewindTo(Math.Max(ledger, window.Confirmed));
                }
            }
            else if (random.Next(20) == 0)
            {
                window.RewindTo(window.Confirmed);
            }

            Assert.That(window.Confirmed, Is.LessThanOrEqualTo(ledger), "confirmed only what the ledger has");
        }
    }
}
