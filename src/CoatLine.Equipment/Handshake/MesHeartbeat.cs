using CoatLine.Domain.Execution;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Tags;
using CoatLine.OpcUa;

namespace CoatLine.Equipment.Handshake;

/// <summary>
/// Counts <c>Heartbeat.Mes</c> of every unit up, so that a PLC knows within a second or two that its MES is gone. It
/// writes nothing but this counter.
/// </summary>
internal sealed class MesHeartbeat(ILineConnection connection, TimeSpan period, TimeProvider networkTime)
{
    private static readonly TagAddress[] Addresses =
        [.. TagContract.Units.Select(static u => TagAddress.Of(u.Tag(CommonTags.HeartbeatMes)))];

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        uint count = 0;
        using var timer = new PeriodicTimer(period, networkTime);
        do
        {
            if (connection.State.IsUp)
            {
                Variant value = Variant.Of(unchecked(++count));
                await BeatAsync(value, cancellationToken).ConfigureAwait(false);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task BeatAsync(Variant value, CancellationToken cancellationToken)
    {
        try
        {
            _ = await connection
                .WriteAsync([.. Addresses.Select(a => new TagWrite(a, value))], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LineUnreachableException)
        {
            // The connection tells whoever waits, and comes back by itself; a missed beat is the right signal.
        }
    }
}
