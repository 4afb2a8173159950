using System.Collections.Immutable;
using CoatLine.Domain.Execution;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Faults.Line;

/// <summary>A phase that the line has really run.</summary>
internal sealed record LineAction(Unit Unit, PhaseKind Phase, RequestId Id, string What);

/// <summary>
/// A line in memory with the handshake of the tag contract and a log of its own. Whoever waits for it moves the fake
/// clock to the end of what is waited for, so a whole batch takes no time. <see cref="Fork"/> copies it as it stands,
/// for what-if runs.
/// </summary>
internal sealed class InMemoryLine : ILine
{
    private readonly Dictionary<Unit, UnitPlc> _units;
    private readonly List<LineAction> _log;
    private WorldState _world = WorldState.New;
    private DateTimeOffset? _mixedAt;

    public InMemoryLine(FakeTimeProvider clock)
        : this(clock, Enum.GetValues<Unit>().ToDictionary(u => u, u => new UnitPlc(u)), [])
    {
    }

    private InMemoryLine(FakeTimeProvider clock, Dictionary<Unit, UnitPlc> units, List<LineAction> log)
    {
        Clock = clock;
        _units = units;
        _log = log;
    }

    public event Action<LiveValue>? LiveChanged;

    public event Action<UnitAlarm>? AlarmChanged;

    public event Action<DataGap>? GapFound;

    public void Report(UnitAlarm alarm) => AlarmChanged?.Invoke(alarm);

    public void Report(DataGap gap) => GapFound?.Invoke(gap);

    public FakeTimeProvider Clock { get; }

    /// <summary>Every phase begun, in order: the oracle of "exactly once".</summary>
    public IReadOnlyList<LineAction> Log => _log;

    /// <summary>Called before and after each call with its name; may throw what a broken link throws.</summary>
    public Action<string, Unit, bool> Around { get; set; } = (_, _, _) => { };

    /// <summary>
    /// Takes the effect of a request or a start away: true when it will come later, out of turn, and the caller hears
    /// nothing.
    /// </summary>
    public Func<string, Unit, Action, bool> Postpone { get; set; } = (_, _, _) => false;

    /// <summary>Makes a unit refuse a request.</summary>
    public Func<PhaseRequest, (AckCode Code, string Text)?> Refuse { get; set; } = _ => null;

    /// <summary>Makes a unit echo another value than was sent; null leaves it.</summary>
    public Func<PhaseRequest, PhaseParameter, object?> Latch { get; set; } = (_, _) => null;

    /// <summary>Changes how a phase ends.</summary>
    public Func<PhaseRequest, PhaseResult, PhaseResult> Distort { get; set; } = (_, result) => result;

    /// <summary>What the slurry temperature reads, when it is not what the mixing left.</summary>
    public Func<double, double> SlurryTemp { get; set; } = actual => actual;

    /// <summary>Every command taken, in order.</summary>
    public List<(Unit Unit, PackMlCommand Command)> Commands { get; } = [];

    /// <summary>Commands that a unit takes and ignores.</summary>
    public Func<Unit, PackMlCommand, bool> Deaf { get; set; } = (_, _) => false;

    /// <summary>What a live value reads, but for the slurry's temperature.</summary>
    public Func<Unit, string, double> Live { get; set; } = (_, _) => double.NaN;

    public UnitPlc this[Unit unit] => _units[unit];

    /// <summary>The same text for the same state of clock, units and log.</summary>
    public string Fingerprint => $"{Clock.GetUtcNow().Ticks} {_log.Count} "
        + string.Join(' ', _units.Values.Select(u => $"{u.State} {u.ActiveId} {u.ResultId} {u.AckId}"));

    public InMemoryLine Fork() => new(
        new FakeTimeProvider(Clock.GetUtcNow()), _units.ToDictionary(p => p.Key, p => p.Value.Fork()), [.. _log])
    {
        _world = _world,
        _mixedAt = _mixedAt,
    };

    public Task<UnitSnapshot> ReadAsync(Unit unit, CancellationToken cancellationToken) =>
        Call("read", unit, () => Settled(unit).Snapshot(Clock.GetUtcNow()), cancellationToken);

    public Task<RequestAnswer> RequestAsync(PhaseRequest request, CancellationToken cancellationToken) =>
        Call("request", request.Unit, () =>
        {
            UnitPlc plc = Settled(request.Unit);
            plc.Look(request with { Parameters = [.. request.Parameters.Select(p => Latched(request, p))] }, Refuse);
            IEnumerable<EchoDifference> differences = plc.ActiveId == request.Id
                ? request.Parameters.Zip(plc.Active!.Parameters)
                    .Where(pair => !pair.First.Value.Equals(pair.Second.Value))
                    .Select(pair => new EchoDifference(
                        pair.First.Name, $"{pair.First.Value}", $"{pair.Second.Value}"))
                : [];
            return new RequestAnswer(plc.AckCode, plc.AckText, [.. differences]);
        }, cancellationToken);

    public Task StartAsync(Unit unit, RequestId id, CancellationToken cancellationToken) =>
        Call("start", unit, () =>
        {
            UnitPlc plc = Settled(unit);
            if (plc.ActiveId == id && plc.State == PackMlState.Idle)
            {
                Begin(plc);
            }

            return true;
        }, cancellationToken);

    public Task<PhaseNews> AwaitNewsAsync(
        Unit unit, RequestId id, PackMlState known, CancellationToken cancellationToken) =>
        Call<PhaseNews>("await", unit, () =>
        {
            UnitPlc plc = Settled(unit);
            if (plc.ActiveId == id && plc.State != known && plc.Stands)
            {
                return plc.News(Clock.GetUtcNow());
            }

            if (plc.ActiveId == id && plc.IsRunning && known != PackMlState.Execute)
            {
                return plc.News(Clock.GetUtcNow());
            }

            if (plc.ActiveId == id && plc.IsRunning)
            {
                Clock.Advance(plc.NextTurn - Clock.GetUtcNow());
                cancellationToken.ThrowIfCancellationRequested();
                plc = Settled(unit);
            }

            return plc.ResultId == id ? new PhaseEnded(plc.Result!)
                : plc.ActiveId == id && plc.Stands ? plc.News(Clock.GetUtcNow())
                : throw new LineContractException($"{unit} neither runs request {id} nor has its result");
        }, cancellationToken);

    public Task ResetAsync(Unit unit, CancellationToken cancellationToken) =>
        Call("reset", unit, () =>
        {
            Settled(unit).Reset();
            return true;
        }, cancellationToken);

    public Task CommandAsync(Unit unit, RequestId id, PackMlCommand command, CancellationToken cancellationToken) =>
        Call("command", unit, () =>
        {
            UnitPlc plc = Settled(unit);
            Commands.Add((unit, command));
            if ((plc.ActiveId != RequestId.None ? plc.ActiveId : plc.ResultId) == id && !Deaf(unit, command))
            {
                plc.Obey(command, Clock.GetUtcNow());
            }

            return true;
        }, cancellationToken);

    public Task<LiveValue> ReadLiveAsync(Unit unit, string liveTag, CancellationToken cancellationToken) =>
        Call(
            "live",
            unit,
            () => new LiveValue(unit, liveTag, Live(unit, liveTag), Clock.GetUtcNow()),
            cancellationToken);

    public Task<LiveValue> AwaitAtMostAsync(
        Unit unit, string liveTag, double limit, CancellationToken cancellationToken) =>
        Call("gate", unit, () =>
        {
            double Now() => SlurryTemp(SimpleWorld.SlurryTemp(_mixedAt, Clock.GetUtcNow()));
            while (!(Now() <= limit))
            {
                Clock.Advance(TimeSpan.FromSeconds(5));
                cancellationToken.ThrowIfCancellationRequested();
            }

            var value = new LiveValue(unit, liveTag, Now(), Clock.GetUtcNow());
            LiveChanged?.Invoke(value);
            return value;
        }, cancellationToken);

    private Task<T> Call<T>(string name, Unit unit, Func<T> act, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            Around(name, unit, true);
            cancellationToken.ThrowIfCancellationRequested();
            if (name is "request" or "start" && Postpone(name, unit, () => act()))
            {
                throw new LineUnreachableException($"no answer to {name} in time");
            }

            T result = act();
            Around(name, unit, false);
            return Task.FromResult(result);
        }
        catch (OperationCanceledException e)
        {
            return Task.FromCanceled<T>(e.CancellationToken);
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    /// <summary>A unit's power fails and comes back: with its memory a phase under way is aborted, without it the unit
    /// knows of nothing.</summary>
    public void LosePower(Unit unit, bool keepsMemory)
    {
        UnitPlc plc = Settled(unit);
        if (keepsMemory)
        {
            plc.Abort(Clock.GetUtcNow());
        }
        else
        {
            _units[unit] = new UnitPlc(unit);
        }
    }

    private PhaseParameter Latched(PhaseRequest request, PhaseParameter parameter) =>
        Latch(request, parameter) is { } other ? parameter with { Value = other } : parameter;

    private void Begin(UnitPlc plc)
    {
        PhaseRequest request = plc.Active!;
        DateTimeOffset from = Clock.GetUtcNow();
        DateTimeOffset to = from + SimpleWorld.Duration(request);
        var result = new PhaseResult(
            request.Id, ResultCode.Completed, from, to, SimpleWorld.Results(request, _world, to));
        plc.Start(Distort(request, result));
        _world = _world.After(request);
        _log.Add(new LineAction(
            request.Unit,
            request.Phase,
            request.Id,
            string.Join(' ', request.Parameters.Select(p => FormattableString.Invariant($"{p.Name}={p.Value}")))));
    }

    private UnitPlc Settled(Unit unit)
    {
        UnitPlc plc = _units[unit];
        if (plc.Settle(Clock.GetUtcNow()) is { } result && unit == Unit.Mixer)
        {
            _mixedAt = result.EndedAt;
        }

        return plc;
    }
}
