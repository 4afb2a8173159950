using CoatLine.Domain.Execution;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Handshake;

public sealed class CommandTests
{
    [Test]
    public async Task Start_AcceptedRequest_WritesIdThenCommandInOneCallAndStartsOnce()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        Assert.That(
            test.Server.Calls.Where(c => c.StartsWith("write Mixer.Command", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "write Mixer.Command.Id Mixer.Command.CntrlCmd" }));
        Assert.That(test.Mixer.Started, Is.EqualTo(new[] { LineUnderTest.Id.Value }));
    }

    [Test]
    public async Task Start_Twice_StartsOnce()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        await test.CompleteAsync(Start(test, LineUnderTest.Id));
        Assert.That(test.Mixer.Started, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Start_OfAnotherRequest_StartsNothingAndSaysWhatIsActive()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.CompleteAsync(test.Line.RequestAsync(LineUnderTest.MixCycle(), CancellationToken.None));
        Assert.That(
            () => test.CompleteAsync(Start(test, new RequestId(5))),
            Throws.InstanceOf<LineContractException>().With.Message.Contains("Active.Id is 1122334455667788"));
        Assert.That(test.Mixer.Started, Is.Empty);
    }

    [Test]
    public async Task Start_TakenButNotObeyed_NamesStateAndInterlock()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.IgnoresStart = true;
        test.Mixer.Set("Interlock", Variant.Of(4u));
        await test.CompleteAsync(test.Line.RequestAsync(LineUnderTest.MixCycle(), CancellationToken.None));
        Assert.That(
            () => test.CompleteAsync(Start(test, LineUnderTest.Id)),
            Throws.InstanceOf<LineContractException>().With.Message.EndsWith(
                "State.Current is Idle, Interlock is 0x00000004"));
    }

    [Test]
    public async Task Start_NotTaken_IsUnknown()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.IsDeaf = true;
        await test.CompleteAsync(test.Line.RequestAsync(LineUnderTest.MixCycle(), CancellationToken.None));
        Assert.That(
            () => test.CompleteAsync(Start(test, LineUnderTest.Id)),
            Throws.InstanceOf<LineUnreachableException>().With.Message.EqualTo(
                "Mixer did not take Start of 1122334455667788 within 10.0 s"));
    }

    [TestCase(PackMlState.Complete, new[] { 1 })]
    [TestCase(PackMlState.Stopped, new[] { 1 })]
    [TestCase(PackMlState.Aborted, new[] { 9, 1 })]
    [TestCase(PackMlState.Idle, new int[0])]
    public async Task Reset_RestingUnit_EndsIdleByTheCommandsItTakes(PackMlState from, int[] commands)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        var given = new List<int>();
        test.Mixer.Set("State.Current", Variant.Of((int)from));
        test.Mixer.Set("Result.Id", Variant.Of(77ul));
        test.Mixer.CommandTaken = (command, id) =>
        {
            given.Add((int)command);
            Assert.That(id, Is.EqualTo(77));
        };
        await test.CompleteAsync(test.Line.ResetAsync(Unit.Mixer, CancellationToken.None));
        Assert.That(given, Is.EqualTo(commands));
        Assert.That(test.Mixer.Get<int>("State.Current"), Is.EqualTo((int)PackMlState.Idle));
        Assert.That(test.Mixer.Get<ulong>("Result.Id"), Is.EqualTo(77));
    }

    [TestCase(PackMlState.Execute)]
    [TestCase(PackMlState.Held)]
    public async Task Reset_UnitThatRuns_IsRefused(PackMlState state)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Set("State.Current", Variant.Of((int)state));
        Assert.That(
            () => test.CompleteAsync(test.Line.ResetAsync(Unit.Mixer, CancellationToken.None)),
            Throws.InstanceOf<LineContractException>().With.Message.StartsWith($"Mixer.State.Current is {state}"));
    }

    [Test]
    public async Task Reset_UnitThatIsResettingAlready_IsWaitedFor()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Set("State.Current", Variant.Of((int)PackMlState.Resetting));
        Task reset = test.Line.ResetAsync(Unit.Mixer, CancellationToken.None);
        Assert.That(reset.IsCompleted, Is.False);
        test.Mixer.Set("State.Current", Variant.Of((int)PackMlState.Idle));
        await test.CompleteAsync(reset);
        Assert.That(
            test.Server.Calls.Where(c => c.StartsWith("write Mixer.Command", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Reset_UnitThatNeverSettles_IsUnreachable()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        test.Mixer.Set("State.Current", Variant.Of((int)PackMlState.Resetting));
        Assert.That(
            () => test.CompleteAsync(test.Line.ResetAsync(Unit.Mixer, CancellationToken.None)),
            Throws.InstanceOf<LineUnreachableException>().With.Message.Contains("did not settle within 30.0 s"));
    }

    [Test]
    public async Task Command_Hold_IsTaken()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        await test.CompleteAsync(
            test.Line.CommandAsync(Unit.Mixer, LineUnderTest.Id, PackMlCommand.Hold, CancellationToken.None));
        Assert.That(test.Mixer.Get<int>("State.Current"), Is.EqualTo((int)PackMlState.Held));
    }

    [Test]
    public async Task Command_NotTaken_IsUnreachable()
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        await test.RunMixCycleAsync();
        test.Mixer.IsDeaf = true;
        Assert.That(
            () => test.CompleteAsync(
                test.Line.CommandAsync(Unit.Mixer, LineUnderTest.Id, PackMlCommand.Abort, CancellationToken.None)),
            Throws.InstanceOf<LineUnreachableException>().With.Message.EqualTo(
                "Mixer did not take Abort within 10.0 s"));
    }

    [TestCase(PackMlCommand.None)]
    [TestCase(PackMlCommand.Start)]
    [TestCase(PackMlCommand.Reset)]
    [TestCase(PackMlCommand.Complete)]
    public async Task Command_ThatHasItsOwnMethodOrIsNone_IsAProgrammersMistake(PackMlCommand command)
    {
        await using LineUnderTest test = await LineUnderTest.StartAsync();
        Assert.That(
            () => test.Line.CommandAsync(Unit.Mixer, LineUnderTest.Id, command, CancellationToken.None),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static Task Start(LineUnderTest test, RequestId id) =>
        test.Line.StartAsync(Unit.Mixer, id, CancellationToken.None);
}
