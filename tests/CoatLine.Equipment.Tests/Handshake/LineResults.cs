using CoatLine.Domain.Execution;

namespace CoatLine.Equipment.Tests.Handshake;

/// <summary>Waits for results where how a phase stands meanwhile is of no interest.</summary>
internal static class LineResults
{
    public static async Task<PhaseResult> AwaitResultAsync(
        this ILine line, Unit unit, RequestId id, CancellationToken cancellationToken)
    {
        PackMlState known = PackMlState.Execute;
        while (true)
        {
            PhaseNews news = await line.AwaitNewsAsync(unit, id, known, cancellationToken);
            if (news is PhaseEnded ended)
            {
                return ended.Result;
            }

            known = ((PhaseTurned)news).State;
        }
    }
}
