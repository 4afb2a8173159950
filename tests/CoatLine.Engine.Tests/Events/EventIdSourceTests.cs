using CoatLine.Domain.Events;

namespace CoatLine.Engine.Tests.Events;

public sealed class EventIdSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 6, 0, 0, 123, TimeSpan.Zero);

    [Test]
    public void Next_OfAnyMoment_IsAVersion7UuidOfThatMillisecond()
    {
        var id = Guid.Parse(EventIdSource.Seeded(1).Next(Now));

        Assert.That(id.Version, Is.EqualTo(7));
        Assert.That(id.Variant, Is.InRange(8, 11));
        Assert.That(
            Convert.ToInt64(id.ToString("N")[..12], 16), Is.EqualTo(Now.ToUnixTimeMilliseconds()));
    }

    [Test]
    public void Next_ClockStandsStillOrStepsBack_AlwaysRises()
    {
        EventIdSource ids = EventIdSource.Seeded(7);
        TimeSpan[] steps =
            [TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(-1), TimeSpan.FromSeconds(5)];
        List<string> made = [.. Enumerable.Range(0, 4000).Select(i => ids.Next(Now + steps[i % steps.Length]))];

        Assert.That(made, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(made, Is.Unique);
    }

    [Test]
    public void Next_SameSeedAndTimes_IsTheSame()
    {
        EventIdSource one = EventIdSource.Seeded(3);
        EventIdSource two = EventIdSource.Seeded(3);

        Assert.That(
            Enumerable.Range(0, 10).Select(i => one.Next(Now)),
            Is.EqualTo(Enumerable.Range(0, 10).Select(i => two.Next(Now))));
    }

    [Test]
    public void Next_OfTwoSecureSources_Differs() =>
        Assert.That(EventIdSource.Secure().Next(Now), Is.Not.EqualTo(EventIdSource.Secure().Next(Now)));
}
