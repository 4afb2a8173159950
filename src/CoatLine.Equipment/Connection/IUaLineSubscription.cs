using CoatLine.OpcUa.Client;

namespace CoatLine.Equipment.Connection;

/// <summary>Something that is subscribed to as soon as there is a session, values or alarms.</summary>
internal interface IUaLineSubscription : IAsyncDisposable
{
    /// <summary>Makes it, unless it is made already. One caller at a time.</summary>
    /// <exception cref="OpcUa.UaException">The server refuses it, or the link was lost.</exception>
    Task CreateAsync(UaClient client, CancellationToken cancellationToken);
}
