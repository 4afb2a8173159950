using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Tests.Plc;

/// <summary>
/// A line connection to a server that exists in memory only. Everything happens in the caller's thread, one at a time.
/// </summary>
internal sealed class FakeConnection : ILineConnection, IPlcMemory
{
    private readonly Dictionary<(TagAddress, AttributeId), DataValue> values = [];
    private readonly List<Subscription> subscriptions = [];
    private readonly Lock gate = new();

    public FakeConnection()
    {
        foreach (TagDefinition tag in TagContract.Tags)
        {
            Serve(tag);
        }

        this.Set("Line.ContractVersion", Variant.Of(TagContract.Version));
        State = new LinkState(false, 0, "not connected yet");
    }

    public event Action<LinkState>? StateChanged;

    public event Action<LinkGap>? GapFound;

    public event Action<string>? Written;

    public string EndpointUrl => "opc.tcp://fake:4840";

    public LinkState State { get; private set; }

    /// <summary>What was sent, one entry per service call, e.g. <c>write Mixer.Request.Id</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The server reports nothing by itself.</summary>
    public bool IsMute { get; set; }

    /// <summary>Runs before a service call is served; may change values or throw.</summary>
    public Action<string>? Serving { get; set; }

    /// <summary>Status that writing a tag gives; Good where there is none.</summary>
    public Dictionary<string, StatusCode> WriteStatus { get; } = [];

    private bool IsReporting => State.IsUp && !IsMute;

    public DataValue this[string tag] => values[(new TagAddress(tag), AttributeId.Value)];

    public void Set(string tag, DataValue value)
    {
        lock (gate)
        {
            var address = new TagAddress(tag);
            values[(address, AttributeId.Value)] = value;
            foreach (Subscription subscription in
                subscriptions.Where(s => IsReporting && s.Addresses.Contains(address)))
            {
                subscription.Handler([new TagChange(address, value)]);
            }
        }
    }

    /// <summary>Removes a node.</summary>
    public void Remove(string tag)
    {
        foreach ((TagAddress, AttributeId) key in values.Keys.Where(k => k.Item1.Tag == tag).ToArray())
        {
            values.Remove(key);
        }
    }

    /// <summary>Changes what the server says of a node.</summary>
    public void Alter(TagAddress address, AttributeId attribute, Variant value) =>
        values[(address, attribute)] = new DataValue(value);

    /// <summary>Changes a property with its status.</summary>
    public void SetProperty(TagAddress address, DataValue value) => values[(address, AttributeId.Value)] = value;

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        Restore();
        return Task.CompletedTask;
    }

    /// <summary>Breaks the link.</summary>
    public void Cut() => Enter(new LinkState(false, State.Session, "connection reset by peer"));

    /// <summary>Reports are lost.</summary>
    public void Lose(LinkGap gap) => GapFound?.Invoke(gap);

    /// <summary>A new session stands.</summary>
    public void Restore()
    {
        Enter(new LinkState(true, State.Session + 1, string.Empty));
        foreach (Subscription subscription in subscriptions)
        {
            subscription.Handler([.. subscription.Addresses.Select(a => new TagChange(a, Read(new TagRead(a))))]);
        }
    }

    public Task<StatusCode[]> ResolveAsync(IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken) =>
        Serve("resolve", () => addresses
            .Select(a => values.Keys.Any(k => k.Item1 == a) ? StatusCodes.Good : StatusCodes.BadNoMatch)
            .ToArray());

    public Task<DataValue[]> ReadAsync(IReadOnlyList<TagRead> reads, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Serve("read " + string.Join(' ', reads.Select(r => r.Address)), () => reads.Select(Read).ToArray());
    }

    public Task<StatusCode[]> WriteAsync(IReadOnlyList<TagWrite> writes, CancellationToken cancellationToken) =>
        Serve("write " + string.Join(' ', writes.Select(w => w.Address)), () => writes.Select(Write).ToArray());

    public Task<TagCallResult> CallAsync(
        TagAddress target, TagAddress method, IReadOnlyList<Variant> inputs, CancellationToken cancellationToken) =>
        throw new NotSupportedException("the tag contract has no methods");

    public Task<IAsyncDisposable> SubscribeAsync(
        IReadOnlyList<TagAddress> addresses,
        TimeSpan interval,
        Action<IReadOnlyList<TagChange>> handler,
        CancellationToken cancellationToken)
    {
        var subscription = new Subscription([.. addresses], handler, subscriptions);
        subscriptions.Add(subscription);
        return Task.FromResult<IAsyncDisposable>(subscription);
    }

    /// <summary>Whoever watches alarms.</summary>
    public List<Action<ConditionReport>> AlarmHandlers { get; } = [];

    public Task<IAsyncDisposable> SubscribeAlarmsAsync(
        Action<ConditionReport> handler, CancellationToken cancellationToken)
    {
        AlarmHandlers.Add(handler);
        return Task.FromResult<IAsyncDisposable>(new AlarmSubscription(AlarmHandlers, handler));
    }

    public Task<StatusCode> AcknowledgeAsync(
        ConditionReport condition, string comment, CancellationToken cancellationToken) =>
        Task.FromResult(StatusCodes.Good);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Enter(LinkState state)
    {
        State = state;
        StateChanged?.Invoke(state);
    }

    private Task<T> Serve<T>(string call, Func<T> serve)
    {
        lock (gate)
        {
            if (!State.IsUp)
            {
                return Task.FromException<T>(new LineUnreachableException($"{EndpointUrl}: {State.Why}"));
            }

            Calls.Add(call);
            Serving?.Invoke(call);
            T served = serve();
            return State.IsUp
                ? Task.FromResult(served)
                : Task.FromException<T>(new LineUnreachableException($"{EndpointUrl}: {State.Why}"));
        }
    }

    private DataValue Read(TagRead read) => values.TryGetValue((read.Address, read.Attribute), out DataValue value)
        ? value
        : new DataValue(Variant.Null, StatusCodes.BadNoMatch);

    private StatusCode Write(TagWrite write)
    {
        if (WriteStatus.TryGetValue(write.Address.Tag, out StatusCode status) && status.IsBad)
        {
            return status;
        }

        this.Set(write.Address.Tag, write.Value);
        Written?.Invoke(write.Address.Tag);
        return StatusCodes.Good;
    }

    private void Serve(TagDefinition tag)
    {
        TagAddress address = TagAddress.Of(tag);
        this.Set(tag.FullName, Initial(tag));
        Alter(address, AttributeId.DataType, Variant.Of(new NodeId((uint)tag.Type)));
        Alter(address, AttributeId.ValueRank, Variant.Of(tag.IsArray ? 1 : -1));
        Alter(address, AttributeId.AccessLevel, Variant.Of((byte)tag.Access));
        if (tag.EngineeringUnit.Length > 0)
        {
            Alter(address with { Property = "EngineeringUnits" }, AttributeId.Value, Unit(tag.EngineeringUnit));
        }

        if (tag is { Low: { } low, High: { } high })
        {
            Alter(address with { Property = "EURange" }, AttributeId.Value, Variant.Of(new UaRange(low, high)));
        }
    }

    public static Variant Unit(string symbol) => Variant.Of(new EUInformation(
        EUInformation.UneceUri,
        EngineeringUnits.UnitId(symbol) ?? -1,
        new LocalizedText("en", symbol),
        new LocalizedText("en", symbol)));

    public static Variant Initial(TagDefinition tag) => (tag.Type, tag.IsArray) switch
    {
        (TagType.Boolean, _) => Variant.Of(false),
        (TagType.Int32, false) => Variant.Of(0),
        (TagType.Int32, true) => Variant.Of(Array.Empty<int>()),
        (TagType.UInt32, _) => Variant.Of(0u),
        (TagType.UInt64, _) => Variant.Of(0ul),
        (TagType.Double, false) => Variant.Of(0.0),
        (TagType.Double, true) => Variant.Of(Array.Empty<double>()),
        (TagType.String, _) => Variant.Of(string.Empty),
        _ => Variant.Of(DateTime.MinValue),
    };

    private sealed class AlarmSubscription(List<Action<ConditionReport>> all, Action<ConditionReport> handler)
        : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            all.Remove(handler);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Subscription(
        HashSet<TagAddress> addresses, Action<IReadOnlyList<TagChange>> handler, List<Subscription> all)
        : IAsyncDisposable
    {
        public HashSet<TagAddress> Addresses { get; } = addresses;

        public Action<IReadOnlyList<TagChange>> Handler { get; } = handler;

        public ValueTask DisposeAsync()
        {
            all.Remove(this);
            return ValueTask.CompletedTask;
        }
    }
}
