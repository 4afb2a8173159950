namespace CoatLine.Domain.Tests.Rules;

/// <summary>
/// The rules as the process description has them, row by row: limit, preferred ranges from wide to narrow, whether it
/// is hard (H) or advisory (A), paragraphs and claims, stages. The catalogue is held against it.
/// </summary>
public static class RuleTable
{
    private const string Carbons =
        "one of carbon black, acetylene black, furnace black, ketjen black, activated carbon, graphene";

    private const string Methods =
        "one of screen printing, metal-mask printing, electrostatic, dip, spray, roll, doctor blade, gravure";

    public static readonly RuleRow[] Rows =
    [
        new("R01", "n ≥ 2", "", "H", "cl.1 [0044]", "RC"),
        new("R02", "1.2 ≤ r ≤ 4", "1.5 ≤ r ≤ 3 → 1.8 ≤ r ≤ 2.7", "H", "[0046] cl.2", "RC LR"),
        new("R03", "5 ≤ d < 50 nm", "25 ≤ d ≤ 45 nm", "H", "[0047] cl.3/4", "RC LR"),
        new("R04", "50 ≤ d ≤ 90 nm", "60 ≤ d ≤ 85 nm", "H", "[0047] cl.3/4", "RC LR"),
        new("R05", "10 ≤ Δ ≤ 50 nm", "20 ≤ Δ ≤ 45 nm → 30 ≤ Δ ≤ 40 nm", "H", "[0048] cl.5", "RC LR"),
        new("R06", "d < 100 nm", "", "H", "[0047] cl.6/18", "RC LR"),
        new("R08", "0.2 ≤ x ≤ 0.8", "0.5 ≤ x ≤ 0.8", "H", "[0049] cl.9", "RC WI D"),
        new("R09", "m > 0 g", "", "H", "[0051] cl.10", "RC WI"),
        new("R10", "n = 0", "", "H", "[0051] cl.10", "RC WI"),
        new("R11", "10 < x ≤ 50 wt%", "20 < x ≤ 30 wt%", "H", "[0037]", "RC WI"),
        new("R12", "x ≥ 50 wt%", "x ≥ 70 wt%", "A", "[0049]", "RC"),
        new("R13", "one of Au, Pt, Pd, Si, Al, Bi, Sn, In, Zn", "", "A", "[0040]", "RC"),
        new("R14", "20 ≤ d ≤ 1000 nm", "", "A", "[0039]", "LR"),
        new("R15", Carbons, "", "H", "[0053] cl.13/14", "LR"),
        new("R16", "a ≥ 1", "1 ≤ a ≤ 2 → 1 ≤ a ≤ 1.2", "A", "[0054] cl.7/8", "LR"),
        new("R17", "2 ≤ x ≤ 10 at%", "", "A", "[0056] [0059]", "LR"),
        new("R19", "25 ≤ T ≤ 60 °C; one of H2SO4, HNO3, KMnO4", "", "H", "[0058]", "LR"),
        new(
            "R20",
            "2 ≤ O ≤ 10 at%; 65 ≤ C ≤ 85 at%; 0.5 ≤ Ag ≤ 5 at%; 5 ≤ F ≤ 25 at%; 0.01 ≤ S ≤ 1 at%",
            "2.5 ≤ O ≤ 5 at%; 74 ≤ C ≤ 85 at%; 0.5 ≤ Ag ≤ 3 at%; 10 ≤ F ≤ 20 at%; 0.01 ≤ S ≤ 0.5 at%",
            "A",
            "[0060]",
            "LAB"),
        new("R21", "one of SBR, PTFE, PVDF, PE", "", "A", "[0061]", "RC"),
        new("R22", "one of NMP, polar, non-polar, solvent-free", "", "A", "[0075]", "RC"),
        new("R23", Methods, "", "A", "[0075]", "RC"),
        new("R24", "one of Cu, stainless, Ti, Fe, Co, Ni", "stainless", "H", "[0033]", "LR"),
        new(
            "R25",
            "1 ≤ t ≤ 500 nm; one of Si, Mg, Al, Pb, Ag, Sn, C, Ti sulfide, Fe sulfide",
            "5 ≤ t ≤ 100 nm",
            "A",
            "[0063] [0064]",
            "LR"),
        new("R30", "5 ≤ R ≤ 10", "6 ≤ R ≤ 10 → 7 ≤ R ≤ 10 → 8 ≤ R ≤ 10 → 9 ≤ R ≤ 10", "H", "[0052] cl.11", "C2 D W"),
        new("R31", "n = 0", "", "H", "[0051] cl.10", "RC C2"),
        new("R33", "1 ≤ t ≤ 100 µm", "", "H", "[0062]", "D W"),
        new("R34", "0.05 ≤ x ≤ 5 mg/cm²", "0.1 ≤ x ≤ 2 mg/cm²", "H", "[0038]", "D"),
        new("R35", "ε ≤ 40 %", "", "H", "[0041] cl.15", "W"),
        new("R36", "Sa < 0.1 µm", "", "H", "[0042] cl.15", "W"),
        new("R37", "Sz < 1 µm", "", "H", "[0043] cl.15", "W"),
        new("R38", "n ≥ 3", "", "H", "[0101]", "W"),
        new("R39", "v ≥ 33 %", "", "A", "Table 1", "W"),
        new(
            "R50",
            "0.01 < r ≤ 0.5",
            "0.01 < r ≤ 0.4 → 0.01 < r ≤ 0.3 → 0.01 < r ≤ 0.2 → 0.01 < r ≤ 0.1",
            "H",
            "[0071] [0072]",
            "RC LAB"),
        new("R51", "20 < x ≤ 60 wt%", "", "A", "[0035]", "LAB"),
        new(
            "R52",
            "T = 60 °C; c = 0.33 C; U = 4.25 V; c = 0.1 C; c = 0.33 C; U = 3 V",
            "",
            "H",
            "[0103] [0105]",
            "LAB"),
        new("R60", "n = 12; t = 180 s; v = 2000 rpm; n = 5; t = 180 s; v = 2000 rpm", "", "H", "[0084] [0091]", "MIX"),
    ];
}

/// <summary>One row of the table.</summary>
public sealed record RuleRow(
    string Id, string Limit, string Preferred, string Tier, string Sources, string Stages)
{
    public override string ToString() => Id;
}
