using MassTransit;

namespace CoatLine.Messaging;

/// <summary>
/// CoatLine's own bus: a host that uses MassTransit for itself keeps its bus, and neither sees the other's messages.
/// </summary>
internal interface ICoatLineBus : IBus;

/// <summary>The bus instance; written out because MassTransit can build one only for a public interface.</summary>
internal sealed class CoatLineBus(IBusControl control) : BusInstance<ICoatLineBus>(control), ICoatLineBus;
