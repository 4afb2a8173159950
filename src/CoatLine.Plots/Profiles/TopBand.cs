using System.Collections.Immutable;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Rules;
using CoatLine.Plots.Drawing;
using ScottPlot;

namespace CoatLine.Plots.Profiles;

/// <summary>
/// Where the thinnest point of Top has to lie: thickness = max(Base)/R at each limit of the ratio. The joint limits
/// keep R30 as dried and as pressed; the guarded ones leave the measurement's own uncertainty as well.
/// </summary>
/// <param name="BaseMax">Thickest point of Base in µm, above 0.</param>
/// <param name="Low">Least ratio that holds in both states.</param>
/// <param name="High">Greatest one.</param>
/// <param name="Guard">e^(z·u): what the guard band multiplies a limit by, from 1.</param>
internal sealed record TopBand(double BaseMax, double Low, double High, double Guard)
{
    private static readonly double Five = (double)RuleCatalogue.ThicknessRatio.Limits.Low!.Value;
    private static readonly double Ten = (double)RuleCatalogue.ThicknessRatio.Limits.High!.Value;

    /// <summary>Thickness at the least ratio of R30: the upper end.</summary>
    public double AtFive => BaseMax / Five;

    /// <summary>Thickness at the greatest ratio of R30: the lower end.</summary>
    public double AtTen => BaseMax / Ten;

    /// <summary>What pressing multiplies the ratio by.</summary>
    public static decimal Factor(ProfileView view) => view.Site.Base.ThicknessFactor / view.Site.Top.ThicknessFactor;

    public static TopBand Of(ProfileView view, ThicknessProfile top)
    {
        double pressing = view.Base.State == LayerState.Dried ? (double)Factor(view) : 1d;
        double u = ThicknessRatio.TryOf(view.Base, top, out ThicknessRatio? ratio, out _)
            ? ratio.RelativeUncertainty(view.Site.Planning.GaugeUncertainty.Value)
            : 0d;
        return new TopBand(
            (double)view.Base.Max.Value,
            Math.Max(Five, Five / pressing),
            Math.Min(Ten, Ten / pressing),
            Math.Exp((double)view.Site.Planning.MeasuredZ * u));
    }

    public ImmutableArray<EdgeLabel> Labels =>
    [
        new(AtFive, Word(Five, ""), Bold: true),
        .. IsGuarded ? [new EdgeLabel(At(Low * Guard), Word(Low * Guard, " with guard"))] : Array.Empty<EdgeLabel>(),
        .. IsGuarded ? [new EdgeLabel(At(High / Guard), Word(High / Guard, " with guard"))] : Array.Empty<EdgeLabel>(),
        .. Low > Five ? [new EdgeLabel(At(Low), Word(Low, " (5 pressed)"))] : Array.Empty<EdgeLabel>(),
        .. High < Ten ? [new EdgeLabel(At(High), Word(High, " (10 pressed)"))] : Array.Empty<EdgeLabel>(),
        new(AtTen, Word(Ten, ""), Bold: true),
    ];

    private bool IsGuarded => Guard > 1d && Low * Guard < High / Guard;

    public void Draw(Plot plot)
    {
        plot.Add.VerticalSpan(At(High), At(Low), Ink.Permitted);
        if (IsGuarded)
        {
            plot.Add.VerticalSpan(At(High / Guard), At(Low * Guard), Ink.Guarded);
            Paper.Across(plot, At(Low * Guard), 1.2f, LinePattern.Dotted, Ink.Black);
            Paper.Across(plot, At(High / Guard), 1.2f, LinePattern.Dotted, Ink.Black);
        }

        Paper.Across(plot, At(High), 1.4f, LinePattern.Dashed, Ink.Black);
        Paper.Across(plot, At(Low), 1.4f, LinePattern.Dashed, Ink.Black);
        Paper.Across(plot, AtFive, 2f, LinePattern.Solid, Ink.Black);
        Paper.Across(plot, AtTen, 2f, LinePattern.Solid, Ink.Black);
    }

    private double At(double ratio) => BaseMax / ratio;

    private string Word(double ratio, string remark) =>
        $"{Paper.Number(At(ratio), "0.00")} µm: R {Paper.Number(ratio, "0.##")}{remark}";
}
