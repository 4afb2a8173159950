using System.Globalization;
using CoatLine.Cli.Watching;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution.Answers;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using Spectre.Console;

namespace CoatLine.Cli.Output;

/// <summary>The end of a batch: verdict, ratio in both states, porosity, roughness, and each rule checked.</summary>
internal static class VerdictReport
{
    /// <summary>The batch's end in one word: released, rejected, trial, held, or open.</summary>
    public static string Outcome(BatchProgress progress) => progress.End switch
    {
        BatchReleased => "released",
        BatchRejected => "rejected",
        TrialConcluded => "trial",
        BatchHeld => "held",
        _ => "open",
    };

    /// <summary>The JSON answer.</summary>
    public static object ToJson(BatchProgress progress, long events, string? headHash) => new
    {
        progress.Batch,
        Recipe = progress.Recipe?.Id,
        Outcome = Outcome(progress),
        Disposition = (progress.End as BatchReleased)?.Disposition,
        Reason = progress.End switch
        {
            BatchRejected e => e.Reason,
            BatchHeld e => e.Reason,
            _ => null,
        },
        Question = (progress.End as BatchHeld)?.Question,
        Answers = (progress.End as BatchHeld)?.Options?.Select(static o => o.Kind),
        Sheets = progress.Sheets.Select(static s => new { s.Sheet, s.Outcome, s.Reasons, s.Rules, s.Deviations }),
        RatioDried = progress.Judged?.RatioDried,
        RatioPressed = progress.Judged?.RatioPressed,
        RatioLow = 5,
        RatioHigh = 10,
        PorosityPercent = progress.Judged?.PorosityPercent,
        progress.Judged?.SaUm,
        progress.Judged?.SzUm,
        MixCycles = Enum.GetValues<SubLayer>().Sum(layer =>
            progress.Cycles(layer, MixStageKind.PreDilution).Done
            + progress.Cycles(layer, MixStageKind.PostDilution).Done),
        Gap = progress.Gap,
        Checks = progress.Checks.Select(static c => CheckTable.ToJson(c.Stage, c.Check, c.Sheet)),
        Events = events,
        HeadHash = headHash,
    };

    /// <summary>The picture for a person.</summary>
    public static void Draw(IAnsiConsole console, BatchProgress progress, long events, string? headHash)
    {
        console.MarkupLineInterpolated($"[bold]{progress.Batch}[/]  {progress.Title}");
        if (progress.BaseDried is { } baseDried)
        {
            console.WriteLine();
            console.WriteLine(
                $"Thickness of {progress.Sheet}, dried, at the registered points ([ ]: thickest Base, thinnest Top)");
            foreach (string line in ProfileChart.Draw(baseDried, progress.TotalDried, rows: 12))
            {
                console.WriteLine(line);
            }
        }

        if (progress.Gap is { } gap)
        {
            console.WriteLine(FactText.Of(gap)!);
        }

        if (progress.Checks.Count > 0)
        {
            VerdictTable.Draw(console, progress.Checks);
        }

        foreach (QcJudged judged in progress.JudgedSheets)
        {
            if (progress.JudgedSheets.Count > 1)
            {
                console.WriteLine(judged.Sheet ?? string.Empty);
            }

            DrawNumbers(console, judged);
        }

        DrawEnd(console, progress);
        if (headHash is not null)
        {
            console.WriteLine(Plain($"{events} events in the ledger, head {headHash}"));
        }
    }

    private static void DrawNumbers(IAnsiConsole console, QcJudged judged)
    {
        if (judged.RatioDried is { } dried && judged.RatioPressed is { } pressed)
        {
            console.WriteLine(Plain($"Ratio Top:Base  dried   1:{dried:0.00}  {Scale(dried)}"));
            console.WriteLine(Plain($"                pressed 1:{pressed:0.00}  {Scale(pressed)}"));
        }

        console.WriteLine(
            Plain($"Porosity {judged.PorosityPercent:0.0} % (≤ 40)   Sa {Worst(judged.SaUm, "0.000")} µm (< 0.1)   ") +
            Plain($"Sz {Worst(judged.SzUm, "0.00")} µm (< 1.0)"));
    }

    private static string Worst(IReadOnlyCollection<decimal> samples, string format) => samples.Count == 0
        ? "–"
        : string.Join(" ", samples.Select(s => s.ToString(format, CultureInfo.InvariantCulture)));

    /// <summary>The ratio on a scale from 1:4 to 1:11, with the limits 1:5 and 1:10 marked.</summary>
    private static string Scale(decimal ratio)
    {
        const int width = 56;
        char[] scale = new string('·', width + 1).ToCharArray();
        int At(decimal value) => (int)Math.Clamp((value - 4m) / 7m * width, 0, width);
        for (int i = At(5m); i <= At(10m); i++)
        {
            scale[i] = '─';
        }

        (scale[At(5m)], scale[At(10m)], scale[At(ratio)]) = ('├', '┤', '●');
        return $"1:4 {new string(scale)} 1:11";
    }

    private static void DrawEnd(IAnsiConsole console, BatchProgress progress)
    {
        switch (progress.End)
        {
            case BatchReleased { Disposition: Disposition.Accept } e:
                console.MarkupLineInterpolated($"[bold]RELEASED[/]  {Sheets(e)}");
                break;
            case BatchReleased e:
                console.MarkupLineInterpolated(
                    $"[bold]RELEASED[/]  {Sheets(e)}, conditional on {string.Join(", ", e.ConditionalRules)}");
                break;
            case BatchRejected e:
                console.MarkupLineInterpolated($"[red]REJECTED[/]  {e.Reason}");
                break;
            case TrialConcluded e:
                console.MarkupLineInterpolated(
                    $"[bold]TRIAL[/]  never product; breaks {string.Join(", ", e.BrokenRules)} under deviations");
                break;
            case BatchHeld e:
                console.MarkupLineInterpolated($"[yellow]HELD[/]  {e.Reason} {e.Question}");
                DrawAnswers(console, e);
                break;
            default:
                console.WriteLine("OPEN  the batch is not finished; 'run' with the same --data goes on with it");
                break;
        }
    }

    private static string Sheets(BatchReleased e) =>
        e.Sheets is { Length: > 1 } sheets ? $"sheets {string.Join(", ", sheets)}" : $"sheet {e.Sheet}";

    private static void DrawAnswers(IAnsiConsole console, BatchHeld held)
    {
        foreach (AnswerOption option in held.Options ?? [])
        {
            string signers = string.Join(" and ", option.Signers.Select(static r => r.ToString()));
            string about = option.Sheet is { } sheet ? $" ({sheet})" : string.Empty;
            console.WriteLine($"      coatline batch answer {held.Batch} {option.Kind}{about}: signed by {signers}");
        }
    }

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
