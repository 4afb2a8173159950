using System.Collections.Immutable;
using ScottPlot;

namespace CoatLine.Plots.Drawing;

/// <summary>A word at the right edge of a panel, beside the value that it names.</summary>
/// <param name="At">The value on the vertical axis.</param>
/// <param name="Text">The word.</param>
/// <param name="Bold">Whether it matters most.</param>
internal sealed record EdgeLabel(double At, string Text, bool Bold = false);

/// <summary>One plot of a page.</summary>
/// <param name="Plot">The plot; the page sets its margins.</param>
/// <param name="Share">Height in parts of the page, above 0.</param>
/// <param name="Right">Words at its right edge.</param>
internal sealed record Panel(Plot Plot, float Share, ImmutableArray<EdgeLabel> Right);

/// <summary>A picture: a title, sentences with the numbers, plots one above the other, and remarks.</summary>
internal sealed record Page(
    string Title, ImmutableArray<string> Notes, ImmutableArray<Panel> Panels, ImmutableArray<string> Footer);
