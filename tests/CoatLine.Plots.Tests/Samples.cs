using System.Runtime.CompilerServices;
using System.Text;
using CoatLine.Domain.Planning;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Spc;

namespace CoatLine.Plots.Tests;

/// <summary>The worked example: Base 30.2 to 33.5 µm, drawn over at 60.0 µm.</summary>
internal static class Samples
{
    public static readonly SiteParameters Site = SiteParameters.Default;

    public static readonly ThicknessProfile Base = ProfileFile.Read(
        Text("profiles/worked-example.csv"), "worked-example", SubLayer.Base, LayerState.Dried).Profile!;

    public static readonly ThicknessProfile Top = new(
        SubLayer.Top,
        LayerState.Dried,
        [.. Base.Points.Select(static p => p with { Thickness = new(0.188456m * (60m - p.Thickness.Value)) })]);

    public static readonly GapQuestion Question = GapPlanner.Ask(
        Base, RecipeFile.Read(Text("embodiment-4.yaml"), "embodiment-4").Recipe!.Slurry(SubLayer.Top)!, Site);

    public static readonly ProfileView Profile = new("B-2026-0001", Base, Top, Site);

    public static readonly GapView Gap =
        new("embodiment-4 v1", GapPlanner.SelfConsistent(Question), Site.Planning);

    public static readonly GapView NoGap =
        new("embodiment-4 v1", GapPlanner.AtUncertainty(Question with { Z = 3m }, 0.12), PerGap: null);

    /// <summary>An individuals chart of ln R.</summary>
    public static ControlChartView Chart(params double[] values)
    {
        LotValue[] lots = [.. values.Select(static (v, i) => new LotValue($"B-{i + 1}", v))];
        Assert.That(IndividualsLimits.TryOf(lots, out IndividualsLimits? limits, out string? refusal), refusal);
        return ControlChartView.Individuals("ln R, dried", "–", lots, limits!, limits!.Judge(lots)) with
        {
            IsLnRatio = true,
        };
    }

    /// <summary>The words of an SVG picture.</summary>
    public static string Words(byte[] svg) => Encoding.UTF8.GetString(svg);

    private static string Text(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "recipes", name));
}
