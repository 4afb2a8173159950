using System.Threading.Channels;
using CoatLine.Domain.Execution;
using Microsoft.Extensions.Logging;

namespace CoatLine.Equipment.Handshake;

/// <summary>
/// Brings live values to one handler on a pool thread. A handler that is too slow loses the oldest values; it delays
/// neither the line nor another handler.
/// </summary>
internal sealed class LiveFeed
{
    /// <summary>Values kept for a slow handler; about five seconds of a busy line.</summary>
    public const int Backlog = 1024;

    private readonly Channel<LiveValue> values = Channel.CreateBounded<LiveValue>(
        new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly ILogger logger;

    public LiveFeed(Action<LiveValue> handler, ILogger logger)
    {
        Handler = handler;
        this.logger = logger;
        _ = Task.Run(PumpAsync);
    }

    public Action<LiveValue> Handler { get; }

    public void Post(LiveValue value) => values.Writer.TryWrite(value);

    public void Close() => values.Writer.TryComplete();

    private async Task PumpAsync()
    {
        await foreach (LiveValue value in values.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                Handler(value);
            }
            catch (Exception e)
            {
                // A display that fails is no reason to stop showing values to it, nor to stop the line.
                logger.LogError(e, "A handler of live values failed on {Unit}.Live.{Name}", value.Unit, value.Name);
            }
        }
    }
}
