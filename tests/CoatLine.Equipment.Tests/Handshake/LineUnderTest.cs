using System.Collections.Immutable;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Handshake;
using CoatLine.Equipment.Tests.Plc;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Equipment.Tests.Handshake;

/// <summary>A line over a fake connection with a scripted mixer, in fake network time.</summary>
internal sealed class LineUnderTest : IAsyncDisposable
{
    public static readonly RequestId Id = new(0x1122334455667788);

    public static readonly DateTimeOffset LineNow = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A wait that hangs fails the test instead of the whole run.</summary>
    private static readonly TimeSpan LongestRealWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private LineUnderTest()
    {
        Mixer = new ScriptedPlc(Server, Unit.Mixer);
        Line = new OpcUaLine(
            Server, Options, new FakeTimeProvider(LineNow), NetworkTime, NullLogger<OpcUaLine>.Instance);
    }

    public OpcUaLineOptions Options { get; } = new();

    public FakeConnection Server { get; } = new();

    public ScriptedPlc Mixer { get; }

    public FakeTimeProvider NetworkTime { get; } = new();

    public OpcUaLine Line { get; }

    public static async Task<LineUnderTest> StartAsync()
    {
        var test = new LineUnderTest();
        await test.Line.StartAsync(CancellationToken.None);
        return test;
    }

    public static PhaseRequest MixCycle(RequestId? id = null, double speed = 2000) => new(
        Unit.Mixer,
        PhaseKind.MixCycle,
        id ?? Id,
        OwnerEpoch: 7,
        [
            new PhaseParameter("ContainerId", "J-B-0001-BASE"),
            new PhaseParameter("RevSpeedSP", speed),
            new PhaseParameter("StepTimeSP", 180.0),
            new PhaseParameter("StageId", 1),
            new PhaseParameter("CycleIndex", 3),
            new PhaseParameter("BalanceDial", 155.2),
        ]);

    public static PhaseRequest With(PhaseRequest request, params PhaseParameter[] parameters) =>
        request with { Parameters = [.. parameters] };

    /// <summary>Sends a mix cycle and starts it.</summary>
    public async Task RunMixCycleAsync()
    {
        RequestAnswer answer = await CompleteAsync(Line.RequestAsync(MixCycle(), CancellationToken.None));
        Assert.That(answer.Code, Is.EqualTo(AckCode.Accepted));
        await CompleteAsync(Line.StartAsync(Unit.Mixer, Id, CancellationToken.None));
    }

    public Task<PhaseResult> AwaitResultAsync() =>
        SoonAsync(Line.AwaitResultAsync(Unit.Mixer, Id, CancellationToken.None));

    /// <summary>The task, given up after a real time in which it has long ended if it ever does.</summary>
    public static Task<T> SoonAsync<T>(Task<T> task) => task.WaitAsync(LongestRealWait);

    /// <summary>Lets network time pass until the task has ended; its PLC lives on unless told otherwise.</summary>
    public async Task<T> CompleteAsync<T>(Task<T> task, bool plcLives = true)
    {
        await CompleteAsync((Task)task, plcLives);
        return await task;
    }

    public async Task CompleteAsync(Task task, bool plcLives = true)
    {
        using var bound = new CancellationTokenSource(LongestRealWait);
        while (!task.IsCompleted)
        {
            bound.Token.ThrowIfCancellationRequested();
            Pass(plcLives);
            await Task.Yield();
        }

        await task;
    }

    /// <summary>Lets this much network time pass in small steps.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            Pass(plcLives: true);
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await Server.DisposeAsync();
    }

    private void Pass(bool plcLives)
    {
        if (plcLives)
        {
            Mixer.Beat();
        }

        NetworkTime.Advance(Step);
    }
}
