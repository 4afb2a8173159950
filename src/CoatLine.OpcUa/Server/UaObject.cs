namespace CoatLine.OpcUa.Server;

/// <summary>An object: something that holds variables, methods and other objects (OPC 10000-3 §5.5.1).</summary>
/// <param name="nodeId">The identifier.</param>
/// <param name="browseName">Name used in browse paths.</param>
public sealed class UaObject(NodeId nodeId, QualifiedName browseName)
    : UaNode(NodeClass.Object, nodeId, browseName)
{
    /// <summary>The bit of <see cref="EventNotifier"/> that says: events can be subscribed here.</summary>
    public const byte SubscribeToEvents = 1;

    private int eventNotifier;

    /// <summary>Bit 0: events can be subscribed here (OPC 10000-3 §8.59). Default 0; set when an alarm is added
    /// below.</summary>
    public byte EventNotifier
    {
        get => (byte)Volatile.Read(ref eventNotifier);
        init => eventNotifier = value;
    }

    internal void BecomeNotifier() => Volatile.Write(ref eventNotifier, SubscribeToEvents);
}

/// <summary>A view of the address space (OPC 10000-3 §5.4).</summary>
/// <param name="nodeId">The identifier.</param>
/// <param name="browseName">Name used in browse paths.</param>
public sealed class UaView(NodeId nodeId, QualifiedName browseName) : UaNode(NodeClass.View, nodeId, browseName)
{
    /// <summary>True when following references in the view never leads in a circle.</summary>
    public bool ContainsNoLoops { get; init; }

    /// <summary>Bit 0: events can be subscribed here. Default 0.</summary>
    public byte EventNotifier { get; init; }
}
