using System.Threading.Channels;
using CoatLine.Conformance.Tests.Servers;
using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;

namespace CoatLine.Conformance.Tests;

public sealed partial class LineConnectionConformance
{
    [Test]
    public async Task Alarms_RaisedAcknowledgedAndCleared_AreToldEachTime()
    {
        await WriteAsync("Types.LidOpen", Variant.Of(false));
        var told = Channel.CreateUnbounded<ConditionReport>();
        await using IAsyncDisposable watch =
            await connection.SubscribeAlarmsAsync(alarm => told.Writer.TryWrite(alarm), Token);
        await WriteAsync("Types.LidOpen", Variant.Of(true));
        ConditionReport raised = await NextAsync(told.Reader, static a => a is { IsActive: true, IsAcked: false });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((raised.Source, raised.Condition), Is.EqualTo(("Mixer", LineServerSetup.AlarmName)));
            Assert.That(raised.Severity, Is.InRange(1, 1000));
            Assert.That(raised.Retain, Is.True);
            Assert.That(raised.EventId, Is.Not.Empty);
        }

        // Whoever comes late is told what stands.
        var late = Channel.CreateUnbounded<ConditionReport>();
        await using (await connection.SubscribeAlarmsAsync(alarm => late.Writer.TryWrite(alarm), Token))
        {
            await NextAsync(late.Reader, static a => a is { IsActive: true, IsAcked: false });
        }

        StatusCode acknowledged = await connection.AcknowledgeAsync(raised, "seen", Token);
        Assert.That(acknowledged, Is.EqualTo(StatusCodes.Good));
        await NextAsync(told.Reader, static a => a is { IsActive: true, IsAcked: true });
        await WriteAsync("Types.LidOpen", Variant.Of(false));
        ConditionReport cleared = await NextAsync(told.Reader, static a => !a.IsActive);
        Assert.That(cleared.ConditionId, Is.EqualTo(raised.ConditionId));
    }

    /// <summary>The next report of the test's alarm that is in the state wanted.</summary>
    private static async Task<ConditionReport> NextAsync(
        ChannelReader<ConditionReport> told, Func<ConditionReport, bool> isWanted)
    {
        while (true)
        {
            ConditionReport alarm = await told.ReadAsync(Token);
            if (alarm.Condition == LineServerSetup.AlarmName && isWanted(alarm))
            {
                return alarm;
            }
        }
    }
}
