using System.Collections.Frozen;
using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tags;
using Microsoft.Extensions.Logging;

namespace CoatLine.Equipment.Handshake;

/// <summary>
/// The line as its PLCs show it by the tag contract, over any <see cref="ILineConnection"/>. Safe for one caller per
/// unit at a time. After a lost link every call works again as soon as a new session stands.
/// </summary>
public sealed class OpcUaLine : ILine, IAsyncDisposable
{
    private readonly ILineConnection connection;
    private readonly OpcUaLineOptions options;
    private readonly TimeProvider lineTime;
    private readonly TimeProvider networkTime;
    private readonly ILogger logger;
    private readonly FrozenDictionary<Unit, UnitLink> units;
    private readonly LineReports reports;
    private readonly LineAlarms alarms;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock feedsGate = new();
    private readonly List<IAsyncDisposable> subscriptions = [];
    private LiveFeed[] feeds = [];
    private Task heartbeat = Task.CompletedTask;

    /// <summary>Sets the line up; nothing is sent before <see cref="StartAsync(CancellationToken)"/>.</summary>
    /// <param name="connection">The connection; the caller disposes of it, after this.</param>
    /// <param name="options">Bounds of the handshake.</param>
    /// <param name="lineTime">Line time, for the time of a snapshot.</param>
    /// <param name="networkTime">Network time, for every time-out.</param>
    /// <param name="logger">Log.</param>
    public OpcUaLine(
        ILineConnection connection,
        OpcUaLineOptions options,
        TimeProvider lineTime,
        TimeProvider networkTime,
        ILogger<OpcUaLine> logger)
    {
        this.connection = connection;
        this.options = options;
        this.lineTime = lineTime;
        this.networkTime = networkTime;
        this.logger = logger;
        units = TagContract.Units.ToFrozenDictionary(static u => u.Unit, Link);
        reports = new LineReports(units, ShowLive);
        alarms = new LineAlarms(connection, Report);
    }

    /// <inheritdoc/>
    public event Action<LiveValue>? LiveChanged
    {
        add
        {
            if (value is not null)
            {
                lock (feedsGate)
                {
                    feeds = [.. feeds, new LiveFeed(value, logger)];
                }
            }
        }

        remove
        {
            lock (feedsGate)
            {
                if (Array.Find(feeds, f => f.Handler == value) is { } feed)
                {
                    feed.Close();
                    feeds = [.. feeds.Where(f => f != feed)];
                }
            }
        }
    }

    /// <inheritdoc/>
    public event Action<UnitAlarm>? AlarmChanged;

    /// <inheritdoc/>
    public event Action<DataGap>? GapFound;

    /// <summary>
    /// Connects, watches the line and begins to show the MES alive. Call it once. When it throws because the line
    /// cannot be reached yet, the attempts go on behind and the line works as soon as it is there.
    /// </summary>
    /// <exception cref="LineUnreachableException">The first attempt to connect failed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        connection.StateChanged += OnLink;
        connection.GapFound += OnGap;
        subscriptions.Add(await connection.SubscribeAsync(
            [.. LineReports.HandshakeAddresses, .. LineAlarms.WordAddresses],
            options.HandshakeInterval,
            OnHandshake,
            cancellationToken).ConfigureAwait(false));
        subscriptions.Add(await connection.SubscribeAsync(
            LineReports.LiveAddresses, options.LiveInterval, reports.OnLive, cancellationToken)
            .ConfigureAwait(false));
        subscriptions.Add(await connection
            .SubscribeAlarmsAsync(alarms.OnCondition, cancellationToken).ConfigureAwait(false));
        heartbeat = new MesHeartbeat(connection, options.HeartbeatPeriod, networkTime).RunAsync(stopping.Token);
        await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="LineUnreachableException">The line cannot be reached, or an id is not Good.</exception>
    /// <exception cref="LineContractException">The unit does not speak this contract.</exception>
    public Task<UnitSnapshot> ReadAsync(Unit unit, CancellationToken cancellationToken) =>
        UnitStatus.ReadAsync(units[unit], lineTime, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The request does not carry exactly the phase's parameters.</exception>
    /// <exception cref="LineUnreachableException">No answer in time; whether the unit took it is unknown.</exception>
    /// <exception cref="LineContractException">The unit does not speak this contract.</exception>
    public Task<RequestAnswer> RequestAsync(PhaseRequest request, CancellationToken cancellationToken) =>
        UnitRequests.SendAsync(units[request.Unit], request, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="LineUnreachableException">Whether the unit has started is unknown.</exception>
    /// <exception cref="LineContractException">The unit took the command and did not start.</exception>
    public Task StartAsync(Unit unit, RequestId id, CancellationToken cancellationToken) =>
        UnitCommands.StartAsync(units[unit], id, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="LineUnreachableException">The link or the PLC was lost while waiting.</exception>
    /// <exception cref="LineContractException">The unit neither runs the request nor has its result.</exception>
    public Task<PhaseNews> AwaitNewsAsync(
        Unit unit, RequestId id, PackMlState known, CancellationToken cancellationToken) =>
        UnitResults.AwaitAsync(units[unit], id, known, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="LineUnreachableException">The unit did not settle in time.</exception>
    /// <exception cref="LineContractException">The unit is in a state that cannot be reset.</exception>
    public Task ResetAsync(Unit unit, CancellationToken cancellationToken) =>
        UnitCommands.ResetAsync(units[unit], cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The command is none of those.</exception>
    /// <exception cref="LineUnreachableException">The unit did not take the command in time.</exception>
    public Task CommandAsync(Unit unit, RequestId id, PackMlCommand command, CancellationToken cancellationToken) =>
        UnitCommands.CommandAsync(units[unit], id, command, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The contract has no such live value, or it is no number.</exception>
    /// <exception cref="LineUnreachableException">The link or the PLC was lost while waiting.</exception>
    public Task<LiveValue> AwaitAtMostAsync(
        Unit unit, string liveTag, double limit, CancellationToken cancellationToken) =>
        UnitLive.AwaitAtMostAsync(units[unit], liveTag, limit, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The contract has no such live value.</exception>
    /// <exception cref="LineUnreachableException">The link or the PLC was lost.</exception>
    public Task<LiveValue> ReadLiveAsync(Unit unit, string liveTag, CancellationToken cancellationToken) =>
        UnitLive.ReadAsync(units[unit], liveTag, cancellationToken);

    /// <summary>Stops watching; the connection stays with its owner.</summary>
    public async ValueTask DisposeAsync()
    {
        connection.StateChanged -= OnLink;
        connection.GapFound -= OnGap;
        await stopping.CancelAsync().ConfigureAwait(false);
        await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (IAsyncDisposable subscription in subscriptions)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }

        lock (feedsGate)
        {
            Array.ForEach(feeds, static f => f.Close());
            feeds = [];
        }

        stopping.Dispose();
    }

    internal void Report(UnitAlarm alarm) => AlarmChanged?.Invoke(alarm);

    internal void Report(DataGap gap) => GapFound?.Invoke(gap);

    private void OnHandshake(IReadOnlyList<TagChange> changes)
    {
        TagChange[] words = [.. changes.Where(static c => LineAlarms.IsWord(c.Address))];
        if (words.Length > 0)
        {
            alarms.OnWords(words);
        }

        if (words.Length < changes.Count)
        {
            reports.OnHandshake([.. changes.Where(static c => !LineAlarms.IsWord(c.Address))]);
        }
    }

    private void OnLink(LinkState link)
    {
        reports.OnLink(link);
        if (link.IsUp)
        {
            _ = AskForEventsAsync();
        }
    }

    private async Task AskForEventsAsync()
    {
        try
        {
            await alarms.AskAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is LineUnreachableException or OperationCanceledException
            or ObjectDisposedException)
        {
            // The next session asks again; until then nothing is known of alarms, and nothing is reported.
        }
    }

    private void OnGap(LinkGap gap) => Report(new DataGap(Utc(gap.From), Utc(gap.To), gap.LostMessages, gap.Why));

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private UnitLink Link(UnitContract contract) => new(
        new UnitTags(connection, contract),
        new UnitWatch(contract.Unit, options.HeartbeatStaleAfter, networkTime),
        options,
        networkTime);

    private void ShowLive(LiveValue value)
    {
        foreach (LiveFeed feed in Volatile.Read(ref feeds))
        {
            feed.Post(value);
        }
    }
}
