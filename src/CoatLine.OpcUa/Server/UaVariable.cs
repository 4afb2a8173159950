using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace CoatLine.OpcUa.Server;

/// <summary>A variable (OPC 10000-3 §5.6.2). Its value may be set and read from any thread; a change is handed to the
/// monitored items of all clients before <see cref="Set"/> returns.</summary>
/// <param name="nodeId">The identifier.</param>
/// <param name="browseName">Name used in browse paths.</param>
/// <param name="dataType">NodeId of the data type that values must have.</param>
public sealed class UaVariable(NodeId nodeId, QualifiedName browseName, NodeId dataType)
    : UaNode(NodeClass.Variable, nodeId, browseName)
{
    private readonly Lock gate = new();
    private ImmutableArray<IValueObserver> observers = [];
    private readonly AccessLevels? userAccessLevel;
    // In a box, so that it is replaced in one go under the eyes of those who read.
    private StrongBox<DataValue> current = new(new DataValue(Variant.Null, StatusCodes.BadWaitingForInitialData));

    /// <summary>NodeId of the data type that values must have.</summary>
    public NodeId DataType { get; } = dataType;

    /// <summary>−1 scalar (default), 1 one dimension, 0 one or more, −2 any, −3 scalar or one dimension.</summary>
    public int ValueRank { get; init; } = -1;

    /// <summary>Longest length per dimension, 0 for any; empty for scalars.</summary>
    public IReadOnlyList<uint> ArrayDimensions { get; init; } = [];

    /// <summary>Whether clients may read and write the value; read only unless set.</summary>
    public AccessLevels AccessLevel { get; init; } = AccessLevels.CurrentRead;

    /// <summary>The same for the present users, of whom there are only anonymous ones; like
    /// <see cref="AccessLevel"/> unless set.</summary>
    public AccessLevels UserAccessLevel
    {
        get => userAccessLevel ?? AccessLevel;
        init => userAccessLevel = value;
    }

    /// <summary>Fastest useful sampling in ms; 0 (default) because every change is pushed.</summary>
    public double MinimumSamplingInterval { get; init; }

    /// <summary>The latest value with its quality and times; BadWaitingForInitialData until the first
    /// <see cref="Set"/>.</summary>
    public DataValue Value => Reading?.Invoke() ?? Volatile.Read(ref current).Value;

    /// <summary>Called with a client's value before it is stored, in the order of the items of the Write request,
    /// never for two writes at the same time; a bad result refuses the write. Type, shape and access have been
    /// checked. It may set other variables; what it sets this one to is overwritten by the store.</summary>
    public Func<DataValue, StatusCode>? Writing { get; set; }

    /// <summary>Called right after a client's value was stored, under the same conditions as
    /// <see cref="Writing"/>; it may set this variable again.</summary>
    public Action<DataValue>? Written { get; set; }

    /// <summary>Computes the value at each read; such a variable is sampled by the publishing timer.</summary>
    internal Func<DataValue>? Reading { get; set; }

    /// <summary>Takes a new value and hands it to the monitored items. Safe from any thread; two calls are seen by
    /// every client in the same order.</summary>
    /// <param name="value">The value; its type is the caller's responsibility.</param>
    /// <param name="status">Quality.</param>
    /// <param name="sourceTime">When the source took the value, UTC.</param>
    public void Set(Variant value, StatusCode status, DateTime sourceTime) =>
        Store(new DataValue(value, status, sourceTime));

    /// <summary>Takes a new value as it is.</summary>
    internal void Store(DataValue value)
    {
        lock (gate)
        {
            Volatile.Write(ref current, new StrongBox<DataValue>(value));
            foreach (var observer in observers)
            {
                observer.Changed(value);
            }
        }
    }

    /// <summary>Adds an observer and hands it the present value, with no change lost between the two.</summary>
    internal void Observe(IValueObserver observer)
    {
        lock (gate)
        {
            observers = observers.Add(observer);
            observer.Changed(Value);
        }
    }

    internal void Forget(IValueObserver observer)
    {
        lock (gate)
        {
            observers = observers.Remove(observer);
        }
    }
}

/// <summary>Somebody who sees every value of a variable; called under the variable's lock, so it only
/// queues.</summary>
internal interface IValueObserver
{
    void Changed(DataValue value);
}
