using CoatLine.Domain.Execution;
using CoatLine.Equipment.Tags;
using static CoatLine.Equipment.Tags.TagRow;

namespace CoatLine.Equipment.Balance;

/// <summary>Tags of the balance: weigh-in of one material, and punched discs for the areal mass.</summary>
internal static class BalanceTags
{
    /// <summary>Parameters, results and live values.</summary>
    public static UnitContract Contract { get; } = new(
        Unit.Balance,
        phases:
        [
            new PhaseContract(
                PhaseKind.Weigh,
                parameters:
                [
                    Text("ContainerId", "container on the pan"),
                    Text("Material", "material code to be weighed in"),
                    Real("TargetMass", "g", 0, 310, "net mass wanted"),
                    Real("Tolerance", "g", 0, 10, "allowed deviation from the target; plus or minus"),
                ],
                results:
                [
                    Real("Gross", "g", 0, 310, "Weigh: stable reading with container"),
                    Real("Tare", "g", 0, 310, "Weigh: stable reading before this material"),
                    Real("Net", "g", 0, 310, "Weigh: gross minus tare; what was weighed in"),
                    Flag("Stable", "Weigh: the reading was stable when latched"),
                    Real("CheckWeight", "g", 0, 310, "Weigh: reading of the last check with the 100 g check weight"),
                    Time("CalDue", "Date on which the calibration of the balance expires"),
                    Text("BalanceId", "Identity of the balance"),
                ]),
            new PhaseContract(
                PhaseKind.WeighPunch,
                parameters:
                [
                    Text("SheetId", "coated sheet from which discs are punched"),
                    Real("PunchArea", "cm²", 0.1, 100, "area of one punched disc"),
                    Whole("SampleCount", 1, 25, "number of discs"),
                ],
                results:
                [
                    Time("CalDue", "Date on which the calibration of the balance expires"),
                    Text("BalanceId", "Identity of the balance"),
                    Reals(
                        "PunchMass", "mg", 0, 10000,
                        "WeighPunch: mass of the coating of each disc; foil subtracted"),
                    Real("PunchArea", "cm²", 0.1, 100, "WeighPunch: area of one punched disc"),
                ]),
        ],
        live:
        [
            Real("Gross", "g", 0, 310, "Reading of the balance"),
            Flag("Stable", "Reading is stable"),
        ]);
}
