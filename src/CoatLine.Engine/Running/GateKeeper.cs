using CoatLine.Domain.Execution;

namespace CoatLine.Engine.Running;

/// <summary>Waits at a gate: the batch is suspended on a condition and goes on by itself when it is met.</summary>
internal sealed class GateKeeper(EngineSession session, BatchRun run, LinkKeeper link)
{
    /// <summary>Passes the gate, or holds the batch when it does not open in time; a command ends the wait.</summary>
    public async Task PassAsync(AwaitStep gate, CancellationToken cancellationToken)
    {
        // Whoever looks at the batch meanwhile sees what led to the gate.
        run.Commit();
        DateTimeOffset from = session.LineTime.GetUtcNow();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Interrupted);
        using var wait = new BoundedWait(EngineLimits.GateWait, session.LineTime, either.Token);
        try
        {
            LiveValue value = await link.OverAsync(
                gate.Unit,
                token => session.Line.AwaitAtMostAsync(gate.Unit, gate.LiveTag, gate.AtMost, token),
                wait.Token).ConfigureAwait(false);
            run.Note(gate.Conclude(value, session.LineTime.GetUtcNow() - from));
        }
        catch (OperationCanceledException) when (wait.IsExceeded)
        {
            run.HoldAtGate(
                gate.Id,
                $"{gate.Unit}.{gate.LiveTag} did not come down to {gate.AtMost} within {EngineLimits.GateWait}",
                "why does it not, and may the batch go on?");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            run.Listen();
        }
    }
}
