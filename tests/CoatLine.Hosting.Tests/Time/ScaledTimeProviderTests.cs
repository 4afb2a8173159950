using CoatLine.Hosting.Time;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Hosting.Tests.Time;

[TestFixture]
internal sealed class ScaledTimeProviderTests
{
    private static readonly DateTimeOffset Real = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Line = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase(0.1, 60, 6)]
    [TestCase(1, 60, 60)]
    [TestCase(600, 0.3, 180)]
    [TestCase(10_000, 60, 600_000)]
    public void Now_AfterRealSeconds_HasGoneThatFarTimesSpeed(double speed, double realSeconds, double lineSeconds)
    {
        FakeTimeProvider real = new(Real);
        ScaledTimeProvider clock = new(Real, Line, speed, real);
        long began = clock.GetTimestamp();

        real.Advance(TimeSpan.FromSeconds(realSeconds));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clock.GetUtcNow(), Is.EqualTo(Line.AddSeconds(lineSeconds)));
            Assert.That(clock.GetElapsedTime(began), Is.EqualTo(TimeSpan.FromSeconds(lineSeconds)));
        }
    }

    [TestCase(0.0999)]
    [TestCase(10_000.1)]
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Speed_OutsideItsRange_IsRefused(double speed) =>
        Assert.That(
            () => new ScaledTimeProvider(Real, Line, speed, new FakeTimeProvider(Real)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("0.1"));

    [Test]
    public void TwoClocks_FromOneAnchorMadeAtDifferentMoments_Agree()
    {
        FakeTimeProvider real = new(Real);
        ScaledTimeProvider first = new(Real, Line, 600, real);
        real.Advance(TimeSpan.FromMinutes(7));
        ScaledTimeProvider second = new(Real, Line, 600, real);
        real.Advance(TimeSpan.FromMilliseconds(333));

        Assert.That(second.GetUtcNow(), Is.EqualTo(first.GetUtcNow()));
    }

    [Test]
    public void Delay_OfACycle_EndsAfterItsShareOfRealTime()
    {
        FakeTimeProvider real = new(Real);
        ScaledTimeProvider clock = new(Real, Line, 600, real);

        Task cycle = Task.Delay(TimeSpan.FromSeconds(180), clock, CancellationToken.None);
        real.Advance(TimeSpan.FromMilliseconds(299));
        bool before = cycle.IsCompleted;
        real.Advance(TimeSpan.FromMilliseconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.False);
            Assert.That(cycle.IsCompleted, Is.True);
        }
    }

    [Test]
    public void Timer_WithAPeriod_FiresAtItsShareOfRealTimeAndCanBeChanged()
    {
        FakeTimeProvider real = new(Real);
        ScaledTimeProvider clock = new(Real, Line, 10, real);
        int fired = 0;
        using ITimer timer = clock.CreateTimer(
            _ => fired++, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));

        real.Advance(TimeSpan.FromSeconds(3));
        int beforeChange = fired;
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        real.Advance(TimeSpan.FromSeconds(30));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(beforeChange, Is.EqualTo(3));
            Assert.That(fired, Is.EqualTo(3));
        }
    }

    [Test]
    public void Timer_WithAPeriodBelowAMillisecond_StillRepeats()
    {
        FakeTimeProvider real = new(Real);
        ScaledTimeProvider clock = new(Real, Line, 10_000, real);
        int fired = 0;
        using ITimer timer = clock.CreateTimer(
            _ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        real.Advance(TimeSpan.FromMilliseconds(5));

        Assert.That(fired, Is.EqualTo(5));
    }

    [Test]
    public void Now_BeyondTheCalendar_StandsStillAtItsEnd()
    {
        FakeTimeProvider real = new(Real);
        ScaledTimeProvider clock = new(Real, Line, 10_000, real);

        real.Advance(TimeSpan.FromDays(365));

        Assert.That(clock.GetUtcNow(), Is.EqualTo(DateTimeOffset.MaxValue));
    }
}
