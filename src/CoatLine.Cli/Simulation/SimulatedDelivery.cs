using CoatLine.Cli.Recipes;
using CoatLine.Domain.Events;
using CoatLine.Domain.Materials;
using CoatLine.Domain.Quality;
using CoatLine.Domain.Recipes;
using CoatLine.Hosting;

namespace CoatLine.Cli.Simulation;

/// <summary>
/// The first delivery of a simulated line: nobody supplies it, so its own lots are received and released once, by
/// names that say so. A line that somebody named is never supplied by the program.
/// </summary>
internal static class SimulatedDelivery
{
    private const string Receiver = "simulated receiving";
    private const string Laboratory = "simulated laboratory";

    /// <summary>Supplies a line that has never received a lot.</summary>
    /// <exception cref="CommandFailedException">A lot is refused.</exception>
    public static void Supply(CoatLineMes mes)
    {
        if (!mes.Stock.Lots.IsEmpty)
        {
            return;
        }

        Check(mes.ReceiveLots(SimulatedLots.Text(), SimulatedLots.FileName, Receiver));
        foreach (MaterialLot lot in mes.Stock.Lots.Values.Select(static a => a.Lot))
        {
            LotStatus status = LotReceipt.Broken(lot).IsEmpty ? LotStatus.Released : LotStatus.Engineering;
            Check(mes.SetLotStatus(lot.Lot, status, Laboratory, SignerRole.QaManager, "lot of the simulated line"));
        }
    }

    /// <summary>Approves a recipe that is a draft on a simulated line, by names that say so.</summary>
    /// <returns>Whether it was a draft.</returns>
    /// <exception cref="CommandFailedException">The rules refuse it.</exception>
    public static bool Approve(CoatLineMes mes, RecipeSource source)
    {
        Recipe recipe = source.ReadOrFail();
        if (mes.Recipes.Find(recipe.Id, recipe.Version) is not null)
        {
            return false;
        }

        DateTimeOffset now = mes.LineTime.GetUtcNow();
        Check(mes.ApproveRecipe(
            source.Text,
            source.Name,
            "made on the simulated line",
            [
                new Signature("simulated process engineer", SignerRole.ProcessEngineer, now),
                new Signature("simulated QA manager", SignerRole.QaManager, now),
            ]));
        return true;
    }

    private static void Check(FactsOrRefusals taken)
    {
        if (!taken.Refusals.IsEmpty)
        {
            throw CommandFailedException.Refused(string.Join('\n', taken.Refusals));
        }
    }
}
