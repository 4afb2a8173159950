using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;

namespace CoatLine.Engine.Running;

/// <summary>
/// Carries a call over a link that may break: records the loss once, tries again with growing delay until it is back,
/// reads the unit before anything else, and records that it is back.
/// </summary>
internal sealed class LinkKeeper(EngineSession session, BatchRun run)
{
    /// <summary>Calls until it succeeds. The call must itself read before it writes when it is made again.</summary>
    public async Task<T> OverAsync<T>(
        Unit unit, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        TimeSpan delay = EngineLimits.FirstRetry;
        while (true)
        {
            try
            {
                if (run.State.IsLinkLost)
                {
                    await session.Line.ReadAsync(unit, cancellationToken).ConfigureAwait(false);
                    run.Commit(new LinkRestored(run.Batch, unit));
                    delay = EngineLimits.FirstRetry;
                }

                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (LineUnreachableException e)
            {
                session.Seen.Remove(unit);
                if (!run.State.IsLinkLost)
                {
                    run.Commit(new LinkLost(run.Batch, unit, e.Message));
                    EngineLog.LinkLost(session.Log, run.Batch, unit, e.Message);
                }
            }

            await Task.Delay(delay, session.NetworkTime, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < EngineLimits.LastRetry ? delay * 2 : EngineLimits.LastRetry;
        }
    }
}
