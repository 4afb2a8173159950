using System.Diagnostics;
using CoatLine.Equipment.Connection;
using CoatLine.OpcUa;

namespace CoatLine.Bench.Engine;

/// <summary>A connection that tells the trace when it reads, writes and gets reports; otherwise the one it is made of.
/// </summary>
internal sealed class TracedConnection(ILineConnection inner, ReactionTrace trace) : ILineConnection
{
    public event Action<LinkState>? StateChanged
    {
        add => inner.StateChanged += value;
        remove => inner.StateChanged -= value;
    }

    public event Action<LinkGap>? GapFound
    {
        add => inner.GapFound += value;
        remove => inner.GapFound -= value;
    }

    public string EndpointUrl => inner.EndpointUrl;

    public LinkState State => inner.State;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task<StatusCode[]> ResolveAsync(
        IReadOnlyList<TagAddress> addresses, CancellationToken cancellationToken) =>
        inner.ResolveAsync(addresses, cancellationToken);

    public async Task<DataValue[]> ReadAsync(IReadOnlyList<TagRead> reads, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        DataValue[] values = await inner.ReadAsync(reads, cancellationToken);
        trace.OnRead(began);
        return values;
    }

    public Task<StatusCode[]> WriteAsync(IReadOnlyList<TagWrite> writes, CancellationToken cancellationToken)
    {
        if (writes[0].Address.Tag.Contains(".Request.", StringComparison.Ordinal))
        {
            trace.OnWriting();
        }

        return inner.WriteAsync(writes, cancellationToken);
    }

    public Task<TagCallResult> CallAsync(
        TagAddress target, TagAddress method, IReadOnlyList<Variant> inputs, CancellationToken cancellationToken) =>
        inner.CallAsync(target, method, inputs, cancellationToken);

    public Task<IAsyncDisposable> SubscribeAsync(
        IReadOnlyList<TagAddress> addresses,
        TimeSpan interval,
        Action<IReadOnlyList<TagChange>> handler,
        CancellationToken cancellationToken) => inner.SubscribeAsync(
            addresses,
            interval,
            changes =>
            {
                if (changes.Any(c => c.Address.Tag.EndsWith(".Result.Id", StringComparison.Ordinal)))
                {
                    trace.OnReport();
                }

                handler(changes);
            },
            cancellationToken);

    public Task<IAsyncDisposable> SubscribeAlarmsAsync(
        Action<ConditionReport> handler, CancellationToken cancellationToken) =>
        inner.SubscribeAlarmsAsync(handler, cancellationToken);

    public Task<StatusCode> AcknowledgeAsync(
        ConditionReport condition, string comment, CancellationToken cancellationToken) =>
        inner.AcknowledgeAsync(condition, comment, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
