using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Execution.Control;
using CoatLine.Domain.Quality;
using CoatLine.Engine;
using CoatLine.Hosting;
using CoatLine.Simulator.Log;

namespace CoatLine.System.Tests;

/// <summary>
/// Hold, stop and abort at each phase type as the table of the controls says, on the simulated line over OPC UA: what
/// the machines' own log says is what counts.
/// </summary>
[TestFixture]
internal sealed class ControlOverOpcUaTests : IDisposable
{
    private const double Fast = 8_000;
    private const double Slow = 20;

    private static readonly PhaseKind[] Phases = Enum.GetValues<PhaseKind>();

    private readonly ThrottledTime _time = new();
    private readonly List<BatchEvent> _facts = [];
    private CancellationTokenSource _patience = new();
    private HostedLine _line = null!;

    private CoatLineMes Mes => _line.Mes;

    [SetUp]
    public async Task StartAsync()
    {
        _patience = new CancellationTokenSource(Coatline.Patience);
        _time.Speed = Fast;
        _line = await HostedLine.StartAsync(_time, _patience.Token);
        Mes.Recorded += Remember;
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _line.StopAsync(_patience.Token);
        await _line.DisposeAsync();
        Dispose();
    }

    public void Dispose() => _patience.Dispose();

    [Test]
    public async Task Hold_AtEachPhase_PausesItOrLetsItEnd_AndTheBatchEndsAsPlanned()
    {
        string batch = Create(sheets: 1);
        foreach (PhaseKind phase in Phases.OrderBy(Order))
        {
            BatchOutcome outcome = await CommandedAsync(batch, phase, ControlCommand.Hold);
            Assert.That((outcome as BatchWasHeld)?.Reason, Is.EqualTo("Hold by Olga: shift change"), $"{phase}");
            bool isPaused = PhaseControl.Of(phase).IsPaused;
            Assert.That(Facts<PhaseHeld>().Length > 0, Is.EqualTo(isPaused), $"{phase}");
            Assert.That(Ends(phase).LastOrDefault()?.What, Is.EqualTo(isPaused ? null : LogWhat.Completed), $"{phase}");
            Assert.That(Mes.Resume(batch, "back again", "Olga"), Is.Null);
        }

        Assert.That(await Mes.RunAsync(batch, _patience.Token), Is.InstanceOf<BatchWasReleased>());
        Assert.That(_line.Line.Log.CompletedCount((int)PhaseKind.MixCycle), Is.EqualTo(34));
        Assert.That(Started().GroupBy(e => e.RequestId).Select(g => g.Count()), Is.All.EqualTo(1));
        Assert.That(_line.Line.Log.Entries.Where(e => e.What > LogWhat.Completed), Is.Empty);
    }

    [Test]
    public async Task Stop_AtEachPhase_EndsItInOrder_AndWhatFollowsIsSigned()
    {
        string batch = Create(sheets: 2);
        foreach (PhaseKind phase in Phases.OrderBy(Order))
        {
            BatchOutcome outcome = await CommandedAsync(batch, phase, ControlCommand.Stop);
            Assert.That(outcome, Is.InstanceOf<BatchWasHeld>(), $"{phase}");
            Assert.That(Ends(phase).Last().What, Is.EqualTo(LogWhat.Stopped), $"{phase}");
            AnswerOption option = Mes.StateOf(batch).Held!.Options!.Value[0];
            Domain.Execution.Answers.Answer answer = new(
                option.Kind, "looked at it", [Signed(SignerRole.ProcessEngineer)])
            {
                PressureMpa = option.Kind == AnswerKind.PressAgain ? 495m : null,
            };
            Assert.That(Mes.Answer(batch, answer), Is.Empty, $"{phase}");
        }

        Assert.That(await Mes.RunAsync(batch, _patience.Token), Is.InstanceOf<BatchWasReleased>());
        Assert.That(_line.Line.Log.Entries.Count(e => e.What == LogWhat.Stopped), Is.EqualTo(Phases.Length));
        Assert.That(Started().GroupBy(e => e.RequestId).Select(g => g.Count()), Is.All.EqualTo(1));
    }

    [Test]
    public async Task Abort_AtEachPhase_EndsItAtOnce_AndTheNextBatchAsksBeforeTheUnitIsCleared()
    {
        foreach (PhaseKind phase in Phases)
        {
            string batch = Create(sheets: 1);
            BatchOutcome outcome = await CommandedAsync(batch, phase, ControlCommand.Abort);
            Assert.That(
                (outcome as BatchWasRejected)?.Reason, Is.EqualTo("aborted by Olga: shift change"), $"{phase}");
            Assert.That(Ends(phase).Last().What, Is.EqualTo(LogWhat.Aborted), $"{phase}");
        }

        Assert.That(_line.Line.Log.Entries.Count(e => e.What == LogWhat.Aborted), Is.EqualTo(Phases.Length));
    }

    /// <summary>Runs the batch until a phase of a kind runs, commands, and waits for what comes of it. Whatever an
    /// aborted batch before it left is looked at and let go on.</summary>
    private async Task<BatchOutcome> CommandedAsync(string batch, PhaseKind phase, ControlCommand command)
    {
        _facts.Clear();
        bool isPaused = PhaseControl.Of(phase).IsPaused || command != ControlCommand.Hold;
        RequestId? meant = null;
        Task commanding = Task.CompletedTask;
        void Steer(ChainedEvent recorded)
        {
            switch (EventCatalog.Read(recorded))
            {
                case PhaseIntended e when e.Phase == phase && meant is null:
                    (meant, _time.Speed) = (e.RequestId, Slow);
                    break;
                case PhaseStarted e when e.RequestId == meant:
                    // Not on this thread: the engine waits for it.
                    commanding = Task.Run(async () =>
                    {
                        await UntilItRunsAsync(e.RequestId.Value);
                        Assert.That(Mes.Command(batch, command, "Olga", "shift change"), Is.Null);
                    });
                    break;
                case BatchCommanded when !isPaused:
                case BatchHeld or BatchRejected:
                    _time.Speed = Fast;
                    break;
            }
        }

        Mes.Recorded += Steer;
        try
        {
            BatchOutcome outcome = await Mes.RunAsync(batch, _patience.Token);
            while (outcome is BatchWasHeld held && held.Reason.Contains("since the last request"))
            {
                Assert.That(Mes.Resume(batch, "looked at it", "Olga"), Is.Null);
                outcome = await Mes.RunAsync(batch, _patience.Token);
            }

            await commanding;
            return outcome;
        }
        finally
        {
            Mes.Recorded -= Steer;
        }
    }

    /// <summary>A command that comes before the machine moves withdraws the request, which is not meant here.</summary>
    private async Task UntilItRunsAsync(ulong id)
    {
        while (Started().All(e => e.RequestId != id))
        {
            _patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>In the order in which a batch comes to them first.</summary>
    private static int Order(PhaseKind phase) => phase switch
    {
        PhaseKind.WeighPunch => (int)PhaseKind.MeasureProfile + 1,
        _ => (int)phase,
    };

    private string Create(int sheets)
    {
        BatchCreation created = Mes.CreateBatch(
            HostedLine.Recipe("embodiment-4"), "embodiment-4.yaml", BatchOrder.Plain with { Sheets = sheets });
        Assert.That(created.Refusals, Is.Empty);
        return created.Batch!;
    }

    private IEnumerable<SimulatorLogEntry> Started() =>
        _line.Line.Log.Entries.Where(e => e.What == LogWhat.Started);

    /// <summary>How the phase that was commanded ended, by the machine.</summary>
    private IEnumerable<SimulatorLogEntry> Ends(PhaseKind phase)
    {
        ulong id = Facts<PhaseIntended>().Last(e => e.Phase == phase).RequestId.Value;
        return _line.Line.Log.Entries.Where(e => e.RequestId == id && e.What != LogWhat.Started);
    }

    private T[] Facts<T>()
        where T : BatchEvent
    {
        lock (_facts)
        {
            return [.. _facts.OfType<T>()];
        }
    }

    private Signature Signed(SignerRole role) => new("Erik", role, _time.GetUtcNow());

    private void Remember(ChainedEvent recorded)
    {
        lock (_facts)
        {
            _facts.Add(EventCatalog.Read(recorded));
        }
    }
}
