using CoatLine.Cli.Watching;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Plots;

namespace CoatLine.Cli.Output;

/// <summary>The thickness of a batch as a picture shows it.</summary>
internal static class ProfilePlot
{
    /// <summary>The view of a batch whose Base was measured.</summary>
    /// <exception cref="CommandFailedException">Nothing was measured yet, or Base and total do not belong together.
    /// </exception>
    public static ProfileView Of(BatchProgress progress)
    {
        if (progress.BaseDried is not { } baseDried)
        {
            throw CommandFailedException.Refused(
                $"{progress.Batch} has no profile of its Base yet: there is nothing to draw");
        }

        ThicknessProfile? top = null;
        if (progress.TotalDried is { } total
            && !ThicknessProfile.TrySubtract(total, baseDried, out top, out string? refusal))
        {
            throw CommandFailedException.Refused($"{progress.Batch} has no Top that could be drawn: {refusal}");
        }

        return new ProfileView(
            progress.Recipe is { } recipe ? $"{What(progress)}, {recipe.Id} v{recipe.Version}" : What(progress),
            baseDried,
            top,
            progress.Recipe?.Site ?? SiteParameters.Default);
    }

    private static string What(BatchProgress progress) =>
        progress.MeasuredSheets.Count() > 1 ? progress.Sheet : progress.Batch;
}
