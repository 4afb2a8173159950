using CoatLine.Domain.Execution;
using CoatLine.Faults.Line;

namespace CoatLine.Faults.Engine;

/// <summary>A request that somebody else than this MES makes, by the same handshake.</summary>
internal static class Foreign
{
    public static readonly RequestId Id = new(0xDEAD_BEEF);

    /// <summary>Requests, and has it run to its end when it was accepted and that is wanted.</summary>
    public static void Request(UnitPlc plc, Unit unit, bool toItsEnd)
    {
        plc.Look(new PhaseRequest(unit, PhaseKind.Weigh, Id, plc.OwnerEpoch, []), static _ => null);
        if (toItsEnd && plc.ActiveId == Id)
        {
            plc.EndForeign();
        }
    }
}
