using CoatLine.Domain.Execution;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Handshake;

public sealed class EchoTests
{
    [Test]
    public async Task Request_EchoDiffersInTheLastBit_NamesTheParameterAndBothValues()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Latched = () => test.Mixer.Set("Active.RevSpeedSP", Variant.Of(Math.BitIncrement(2000.0)));
        RequestAnswer answer = await test.CompleteAsync(Send(test));

        Assert.That(answer.Code, Is.EqualTo(AckCode.Accepted));
        Assert.That(
            answer.EchoDifferences,
            Is.EqualTo(new[] { new EchoDifference("RevSpeedSP", "2000", "2000.0000000000002") }));
    }

    [Test]
    public async Task Request_EchoOfTextNumberAndPhaseDiffers_NamesEachOne()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Latched = () =>
        {
            test.Mixer.Set("Active.ContainerId", Variant.Of("J-B-0001-TOP"));
            test.Mixer.Set("Active.CycleIndex", Variant.Of(4));
            test.Mixer.Set("Active.Phase", Variant.Of(20));
        };
        RequestAnswer answer = await test.CompleteAsync(Send(test));

        Assert.That(answer.EchoDifferences, Is.EqualTo(new[]
        {
            new EchoDifference("Phase", "10", "20"),
            new EchoDifference("ContainerId", "J-B-0001-BASE", "J-B-0001-TOP"),
            new EchoDifference("CycleIndex", "3", "4"),
        }));
    }

    [TestCase(0x40930000u, "UncertainSensorNotAccurate")]
    [TestCase(0x80000000u, "Bad")]
    [TestCase(0x00960000u, "GoodLocalOverride")]
    public async Task Request_EchoNotPlainlyGood_IsADifference(uint status, string shown)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Latched = () => test.Server.Set(
            "Mixer.Active.RevSpeedSP", new DataValue(Variant.Of(2000.0), new StatusCode(status)));
        RequestAnswer answer = await test.CompleteAsync(Send(test));

        EchoDifference difference = answer.EchoDifferences.Single();
        Assert.That(difference.Meant, Is.EqualTo("2000"));
        Assert.That(difference.Echoed, Is.EqualTo(shown));
    }

    [Test]
    public async Task Request_NotANumber_NeverEchoesRight()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        RequestAnswer answer = await test.CompleteAsync(
            test.Line.RequestAsync(LineUnderTest.MixCycle(speed: double.NaN), CancellationToken.None));
        Assert.That(
            answer.EchoDifferences, Is.EqualTo(new[] { new EchoDifference("RevSpeedSP", "NaN", "NaN") }));
    }

    [Test]
    public async Task Request_EchoStillBeingWritten_IsReadAgainBeforeItCounts()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Latched = () => test.Mixer.Set("Active.RevSpeedSP", Variant.Of(0.0));
        int answersRead = 0;
        test.Server.Serving = call =>
        {
            if (call.StartsWith("read Mixer.Ack.Id", StringComparison.Ordinal) && ++answersRead == 2)
            {
                test.Mixer.Set("Active.RevSpeedSP", Variant.Of(2000.0));
            }
        };
        RequestAnswer answer = await test.CompleteAsync(Send(test));
        Assert.That(answer.EchoDifferences, Is.Empty);
    }

    private static Task<RequestAnswer> Send(LineUnderTest test) =>
        test.Line.RequestAsync(LineUnderTest.MixCycle(), CancellationToken.None);
}
