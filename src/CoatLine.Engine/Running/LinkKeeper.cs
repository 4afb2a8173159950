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
    /// <exception cref="LineContractException">The unit can be read, but the call fails time and again.</exception>
    public async Task<T> OverAsync<T>(
        Unit unit, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        TimeSpan delay = EngineLimits.FirstRetry;
        int silent = 0;
        while (true)
        {
            bool wasRead = false;
            long began = session.NetworkTime.GetTimestamp();
            try
            {
                if (run.State.IsLinkLost)
                {
                    await session.Line.ReadAsync(unit, cancellationToken).ConfigureAwait(false);
                    wasRead = true;
                    run.Commit(new LinkRestored(run.Batch, unit));
                }

                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (LineUnreachableException e)
            {
                Lose(unit, e);
                bool isBrief = session.NetworkTime.GetElapsedTime(began) < EngineLimits.UnderWay;
                silent = wasRead && isBrief ? silent + 1 : 0;
                if (silent >= EngineLimits.SilentCalls)
                {
                    throw new LineContractException($"{unit} can be read, but does not answer: {e.Message}", e);
                }

                delay = wasRead && !isBrief ? EngineLimits.FirstRetry : delay;
            }

            await Task.Delay(delay, session.NetworkTime, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < EngineLimits.LastRetry ? delay * 2 : EngineLimits.LastRetry;
        }
    }

    private void Lose(Unit unit, LineUnreachableException e)
    {
        session.Seen.TryRemove(unit, out _);
        if (!run.State.IsLinkLost)
        {
            run.Commit(new LinkLost(run.Batch, unit, e.Message));
            EngineLog.LinkLost(session.Log, run.Batch, unit, e.Message);
        }
    }
}
