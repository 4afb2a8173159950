using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Recipes;
using CoatLine.Faults.Line;
using static CoatLine.Engine.Tests.Running.Disturbance;

namespace CoatLine.Engine.Tests.Running;

/// <summary>What a lot teaches the gaps of the next one.</summary>
public sealed class RunToRunTests
{
    private const double Gain = 0.2122;

    private static readonly double[] Nominal = [30.2, 31.0, 31.9, 31.2, 31.8, 32.6, 32.0, 32.8, 33.5];

    /// <summary>A line whose coats follow their gaps, and whose Base comes out thicker by what it always does.
    /// </summary>
    private static Workshop Following(double offsetUm)
    {
        var shop = new Workshop();
        double[] below = Nominal;
        double? gapTwo = null;
        bool isPressed = false;
        double Thickness(double b)
        {
            double top = gapTwo is { } gap ? 0.1885 * (gap - b) : 0d;
            return isPressed ? (0.6745 * b) + (0.6018 * top) : b + top;
        }

        shop.Line.Distort = (r, result) =>
        {
            switch (r.Phase)
            {
                case PhaseKind.Coat when (int)SimpleWorld.Value(r, "CoatIndex") == 1:
                    double shift = (Gain * (SimpleWorld.Number(r, "GapSP") - 150)) + offsetUm;
                    (below, gapTwo, isPressed) = ([.. Nominal.Select(b => b + shift)], null, false);
                    return result;
                case PhaseKind.Coat:
                    gapTwo = SimpleWorld.Number(r, "GapSP");
                    return result;
                case PhaseKind.PressCycle:
                    isPressed = true;
                    return result;
                case PhaseKind.MeasureProfile:
                    return With(result, "Thickness", v => v with { Value = below.Select(Thickness).ToArray() });
                case PhaseKind.WeighPunch:
                    double heavier = below.Average() / Nominal.Average();
                    return With(
                        result,
                        "PunchMass",
                        v => v with { Value = ((double[])v.Value!).Select(m => m * heavier).ToArray() });
                default:
                    return result;
            }
        };
        return shop;
    }

    [Test]
    public async Task BaseThatComesOutThick_IsCoatedThinnerLotByLotUntilItIsRight()
    {
        using Workshop shop = Following(1.0);
        for (int lot = 0; lot < 8; lot++)
        {
            Assert.That(await shop.RunAsync(shop.Create()), Is.InstanceOf<BatchWasReleased>());
        }

        List<BatchEvent> events = shop.Events();
        decimal[] gaps =
            [.. events.OfType<CoatCompleted>().Where(e => e.Layer == SubLayer.Base).Select(e => e.GapSetUm)];
        decimal[] means =
        [
            .. events.OfType<ProfileRegistered>().Where(e => e.Layer == SubLayer.Base)
                .Select(e => e.Points.Average(p => p.ThicknessUm)),
        ];
        Assert.That(gaps[0], Is.EqualTo(150m));
        Assert.That(gaps, Is.Ordered.Descending);
        Assert.That(gaps[1] - gaps[0], Is.EqualTo(-1.5m).Within(0.3m), "λ 0.3 of 1.1 µm over b 0.2122");
        Assert.That(means[^1], Is.EqualTo(31.83m).Within(0.15m), "nominal");
        Assert.That(events.OfType<GapLearnt>().Count(e => e.Layer == SubLayer.Base), Is.EqualTo(8));
    }

    [Test]
    public async Task GrossOffset_MovesTheGapByItsClampOnly()
    {
        using Workshop shop = Following(5.0);
        await shop.RunAsync(shop.Create());
        await shop.RunAsync(shop.Create());

        Assert.That(
            shop.Events().OfType<CoatCompleted>().Where(e => e.Layer == SubLayer.Base).Select(e => e.GapSetUm),
            Is.EqualTo(new[] { 150m, 145m }));
    }

    [Test]
    public async Task NewBlade_BeginsAgainAtTheNominalGap()
    {
        using Workshop shop = Following(1.0);
        await shop.RunAsync(shop.Create());
        await shop.RunAsync(shop.Create("embodiment-4", BatchOrder.Plain with { Blade = "BL-02" }));

        Assert.That(
            shop.Events().OfType<CoatCompleted>().Where(e => e.Layer == SubLayer.Base).Select(e => e.GapSetUm),
            Is.EqualTo(new[] { 150m, 150m }));
    }

    [Test]
    public async Task ScrappedLot_TeachesNothing()
    {
        using Workshop shop = Following(1.0);
        var distort = shop.Line.Distort;
        string batch = shop.Create();
        shop.Line.Distort = (r, result) => r.Phase == PhaseKind.MeasureRoughness
            ? With(result, "Sa", v => v with { Value = new[] { 0.07, 0.08, 0.10 } })
            : distort(r, result);
        await shop.RunAsync(batch);
        Assert.That(shop.Answer(batch, AnswerKind.ScrapSheet), Is.Empty);
        await shop.RunAsync(batch);

        Assert.That(shop.Events().OfType<GapLearnt>(), Is.Empty);
        await shop.RunAsync(shop.Create());
        Assert.That(
            shop.Events().OfType<CoatCompleted>().Last(e => e.Layer == SubLayer.Base).GapSetUm, Is.EqualTo(150m));
    }
}
