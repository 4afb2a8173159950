using CoatLine.Simulator.Plc;

namespace CoatLine.Simulator.Tests.Plc;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HandshakeTests : IDisposable
{
    private readonly Bench bench = new();

    public HandshakeTests()
    {
        bench.Weigh("J-1", "cb-40", 3);
        bench.Weigh("J-1", "nmp", 20);
    }

    public void Dispose() => bench.Dispose();

    [Test]
    public void Request_Good_IsAcceptedAndEchoedAndWaitsForStart()
    {
        Ack ack = bench.Request("Mixer", 10, 77, bench.CycleOf("J-1", seconds: 100));
        bench.Pass(60);

        Assert.Multiple(() =>
        {
            Assert.That(ack, Is.EqualTo(Ack.Accepted));
            Assert.That(bench.Read<ulong>("Mixer", "Ack.Id"), Is.EqualTo(77));
            Assert.That(bench.Read<ulong>("Mixer", "Active.Id"), Is.EqualTo(77));
            Assert.That(bench.Read<int>("Mixer", "Active.Phase"), Is.EqualTo(10));
            Assert.That(bench.Read<double>("Mixer", "Active.StepTimeSP"), Is.EqualTo(100));
            Assert.That(bench.Read<ulong>("Mixer", "Owner.Epoch"), Is.EqualTo(1));
            Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Idle));
        });
    }

    [TestCase("epoch", 6)]
    [TestCase("mode", 7)]
    [TestCase("phase", 3)]
    [TestCase("busy", 2)]
    [TestCase("range", 4)]
    [TestCase("lid", 5)]
    [TestCase("dial", 5)]
    [TestCase("jar", 8)]
    public void Request_WithOneFault_IsRefusedWithItsCodeAndChangesNothing(string fault, int code)
    {
        (string, object)[] parameters = bench.CycleOf("J-1");
        int phase = 10;
        switch (fault)
        {
            case "epoch":
                bench.Write("Mixer", "Owner.Epoch", 5ul);
                break;
            case "mode":
                bench.Write("Mixer", "Mode", 2);
                break;
            case "phase":
                phase = 20;
                break;
            case "busy":
                bench.Request("Mixer", 10, 76, parameters);
                break;
            case "range":
                parameters = [.. parameters, ("RevSpeedSP", 2000.1)];
                break;
            case "lid":
                bench.Line.Program("Mixer").Interlock = 1;
                break;
            case "dial":
                parameters = [.. parameters, ("BalanceDial", 20.0)];
                break;
            default:
                parameters = bench.CycleOf("J-2");
                break;
        }

        ulong before = bench.Read<ulong>("Mixer", "Active.Id");
        Ack ack = bench.Request("Mixer", phase, 77, parameters);

        Assert.That((int)ack, Is.EqualTo(code));
        Assert.That(bench.Read<ulong>("Mixer", "Ack.Id"), Is.EqualTo(77));
        Assert.That(bench.Read<ulong>("Mixer", "Active.Id"), Is.EqualTo(before));
        Assert.That(bench.Read<string>("Mixer", "Ack.Text"), Is.Not.Empty);
    }

    [Test]
    public void Request_OutOfRange_NamesParameterAndLimit()
    {
        bench.Request("Mixer", 10, 77, [.. bench.CycleOf("J-1"), ("RevSpeedSP", 2500.0)]);

        Assert.That(
            bench.Read<string>("Mixer", "Ack.Text"), Is.EqualTo("RevSpeedSP 2500 rpm is outside 0 to 2000 rpm"));
    }

    [Test]
    public void Request_SameIdAgain_RunsOnce()
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1", seconds: 20));
        bench.Command("Mixer", UnitCommand.Start, 77);
        bench.Pass(5);
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1", seconds: 20));
        bench.Command("Mixer", UnitCommand.Start, 77);
        bench.RunUntilSettled("Mixer");
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1", seconds: 20));
        bench.Command("Mixer", UnitCommand.Start, 77);
        bench.Pass(100);

        Assert.That(bench.Log.CompletedCount(10), Is.EqualTo(1));
        Assert.That(bench.Read<ulong>("Mixer", "Result.Id"), Is.EqualTo(77));
    }

    [Test]
    public void Request_FinishedIdAfterARefusedOne_IsAnsweredButNotRunAgain()
    {
        bench.Run("Mixer", 10, bench.CycleOf("J-1", seconds: 20));
        ulong done = bench.LastId;
        bench.Request("Mixer", 99, done + 1);
        Ack again = bench.Request("Mixer", 10, done, bench.CycleOf("J-1", seconds: 20));
        bench.Command("Mixer", UnitCommand.Start, done);
        bench.Pass(100);

        Assert.That(again, Is.EqualTo(Ack.Accepted));
        Assert.That(bench.Log.CompletedCount(10), Is.EqualTo(1));
    }

    [Test]
    public void Start_ForAnotherId_IsTakenAndIgnored()
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1"));
        bench.Command("Mixer", UnitCommand.Start, 78);
        bench.Pass(10);

        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Idle));
        Assert.That(bench.Read<int>("Mixer", "Command.CntrlCmd"), Is.Zero);
    }

    [Test]
    public void Phase_FromStartToComplete_PassesThePackMlStates()
    {
        var seen = new List<UnitState> { bench.State("Mixer") };
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1", seconds: 20));
        bench.Command("Mixer", UnitCommand.Start, 77);
        for (int i = 0; i < 400; i++)
        {
            if (seen[^1] != bench.State("Mixer"))
            {
                seen.Add(bench.State("Mixer"));
            }

            bench.Pass(0.25);
        }

        Assert.That(seen, Is.EqualTo(new[]
        {
            UnitState.Idle, UnitState.Starting, UnitState.Execute, UnitState.Completing, UnitState.Complete,
        }));
        Assert.That(bench.Read<ulong>("Mixer", "Active.Id"), Is.Zero);
        Assert.That(bench.Read<int>("Mixer", "Result.Code"), Is.EqualTo((int)PhaseEnd.Completed));
    }

    [Test]
    public void Result_StaysLatchedThroughReset_AndIsClearedByTheNextAcceptedRequest()
    {
        bench.Run("Mixer", 10, bench.CycleOf("J-1", seconds: 20));
        ulong id = bench.LastId;
        bench.Command("Mixer", UnitCommand.Reset, id);
        bench.Pass(5);
        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Idle));
        Assert.That(bench.Read<double>("Mixer", "Result.StepSeconds"), Is.EqualTo(20));

        bench.Request("Mixer", 10, id + 1, [.. bench.CycleOf("J-1"), ("RevSpeedSP", 9999.0)]);
        Assert.That(bench.Read<ulong>("Mixer", "Result.Id"), Is.EqualTo(id), "a refused request clears nothing");

        bench.Request("Mixer", 10, id + 2, bench.CycleOf("J-1"));
        Assert.That(bench.Read<ulong>("Mixer", "Result.Id"), Is.Zero);
        Assert.That(bench.Read<double>("Mixer", "Result.StepSeconds"), Is.Zero);
    }

    [Test]
    public void Hold_InExecute_StopsTheCountAndUnholdFinishesIt()
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1", seconds: 60));
        bench.Command("Mixer", UnitCommand.Start, 77);
        bench.Pass(40);
        bench.Command("Mixer", UnitCommand.Hold, 77);
        bench.Pass(600);
        double held = bench.Read<double>("Mixer", "Active.Elapsed");
        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Held));
        Assert.That(held, Is.InRange(25, 32));

        bench.Command("Mixer", UnitCommand.Unhold, 77);
        bench.RunUntilSettled("Mixer");
        Assert.That(bench.Read<double>("Mixer", "Result.StepSeconds"), Is.EqualTo(60).Within(1e-3));
    }

    [TestCase(UnitCommand.Stop, 2, UnitState.Stopped)]
    [TestCase(UnitCommand.Abort, 3, UnitState.Aborted)]
    public void Phase_BrokenOff_LatchesPartialSeconds(object command, int code, object settled)
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1"));
        bench.Command("Mixer", UnitCommand.Start, 77);
        bench.Pass(105);
        bench.Command("Mixer", (UnitCommand)command, 77);
        bench.RunUntilSettled("Mixer");

        Assert.Multiple(() =>
        {
            Assert.That(bench.State("Mixer"), Is.EqualTo(settled));
            Assert.That(bench.Read<ulong>("Mixer", "Result.Id"), Is.EqualTo(77));
            Assert.That(bench.Read<int>("Mixer", "Result.Code"), Is.EqualTo(code));
            Assert.That(bench.Read<double>("Mixer", "Result.StepSeconds"), Is.InRange(90, 97));
            Assert.That(bench.Read<ulong>("Mixer", "Active.Id"), Is.Zero);
            Assert.That(bench.Log.CompletedCount(10), Is.Zero);
        });
    }

    [Test]
    public void Request_WhileAborted_IsRefusedUntilClearedAndReset()
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1"));
        bench.Command("Mixer", UnitCommand.Start, 77);
        bench.Pass(20);
        bench.Command("Mixer", UnitCommand.Abort, 77);
        bench.Pass(20);
        Assert.That(bench.Request("Mixer", 10, 78, bench.CycleOf("J-1")), Is.EqualTo(Ack.Busy));

        bench.Command("Mixer", UnitCommand.Clear, 77);
        bench.Pass(2);
        bench.Command("Mixer", UnitCommand.Reset, 77);
        bench.Pass(2);
        Assert.That(bench.Request("Mixer", 10, 79, bench.CycleOf("J-1")), Is.EqualTo(Ack.Accepted));
    }

    [Test]
    public void Stop_BeforeStart_WithdrawsTheRequest()
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1"));
        bench.Command("Mixer", UnitCommand.Stop, 77);
        bench.RunUntilSettled("Mixer");

        Assert.That(bench.Read<int>("Mixer", "Result.Code"), Is.EqualTo((int)PhaseEnd.Stopped));
        Assert.That(bench.Log.Entries.Count(e => e.Phase == 10), Is.Zero);
    }

    [Test]
    public void Interlock_OpenedWhileRunning_AbortsWithAlarmBit()
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1"));
        bench.Command("Mixer", UnitCommand.Start, 77);
        bench.Pass(30);
        bench.Line.Program("Mixer").Interlock = 1;
        bench.RunUntilSettled("Mixer");

        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<uint>("Mixer", "Alarm.Word"), Is.EqualTo(1u << PlcUnit.InterlockLostBit));
        Assert.That(bench.Read<bool>("Mixer", "Live.LidClosed"), Is.False);
    }

    [Test]
    public void PowerLoss_BeforeStart_KeepsTheRequest()
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1"));
        bench.Line["Mixer"].LosePower(bench.Now);
        bench.Pass(1);

        Assert.That(bench.Read<ulong>("Mixer", "Active.Id"), Is.EqualTo(77));
        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Idle));
    }

    [Test]
    public void PowerLoss_InExecute_AbortsAndKeepsTheSeconds()
    {
        bench.Request("Mixer", 10, 77, bench.CycleOf("J-1"));
        bench.Command("Mixer", UnitCommand.Start, 77);
        bench.Pass(60);
        bench.Line["Mixer"].LosePower(bench.Now);
        bench.RunUntilSettled("Mixer");

        Assert.That(bench.State("Mixer"), Is.EqualTo(UnitState.Aborted));
        Assert.That(bench.Read<ulong>("Mixer", "Result.Id"), Is.EqualTo(77));
        Assert.That(bench.Read<double>("Mixer", "Result.StepSeconds"), Is.InRange(45, 52));
    }

    [TestCase(0.01)]
    [TestCase(0.37)]
    [TestCase(12)]
    [TestCase(400)]
    public void MixCycle_AtAnyTick_LastsExactly180SecondsAtSpeed(double tick)
    {
        using var other = new Bench(tickSeconds: tick);
        other.Weigh("J-1", "cb-40", 3);
        other.Weigh("J-1", "nmp", 20);
        other.Run("Mixer", 10, other.CycleOf("J-1"));

        double ramp = other.Read<double>("Mixer", "Result.RampSeconds");
        TimeSpan ran = other.Read<DateTime>("Mixer", "Result.EndTime")
            - other.Read<DateTime>("Mixer", "Result.StartTime");
        Assert.That(other.Read<double>("Mixer", "Result.StepSeconds"), Is.EqualTo(180));
        Assert.That(ran.TotalSeconds, Is.EqualTo(180 + ramp).Within(1e-6));
        Assert.That(ramp, Is.InRange(9, 15));
    }
}
