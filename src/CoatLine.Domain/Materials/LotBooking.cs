using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Quantities;
using CoatLine.Domain.Recipes;
using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Materials;

/// <summary>
/// Books lots for a batch: one for each material, so that a batch can be traced, and one foil roll; of those that may
/// be used the one that expires first, then the one received first, then by id. Pure; nothing is reserved before the
/// batch is created.
/// </summary>
public static class LotBooking
{
    /// <summary>Chooses the lots of a batch.</summary>
    /// <param name="recipe">The recipe. In one of class engineering a broken rule refuses nothing; identity, expiry and
    /// status do in both.</param>
    /// <param name="sheets">Sheets, 1 to <see cref="BatchOrder.MaxSheets"/>.</param>
    /// <param name="stock">The stock.</param>
    /// <param name="now">Line time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of sheets is outside its limits.</exception>
    public static BookingPlan Plan(Recipe recipe, int sheets, Stock stock, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sheets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sheets, BatchOrder.MaxSheets);
        List<MaterialLot> booked = [];
        List<string> refusals = [];
        foreach (IGrouping<string, LotNeed> material in LotNeed.Of(recipe, sheets).GroupBy(static n => n.Material))
        {
            Wanted wanted = new(recipe, material.First(), material.Sum(static n => n.Amount));
            if (Choose(wanted, stock, now, refusals) is { } lot)
            {
                booked.Add(lot);
            }
        }

        ImmutableArray<RuleCheck> checks = refusals.Count == 0 ? Judge(recipe, booked) : [];
        if (recipe.Class == RecipeClass.Production)
        {
            refusals.AddRange(checks.Where(LotReceipt.Forbids).Select(static c => c.Message));
        }

        return refusals.Count == 0
            ? new BookingPlan([.. booked], checks, [])
            : new BookingPlan([], checks, [.. refusals]);
    }

    /// <summary>The rules of stage LR on the lots of a batch, each carbon in the part that the recipe gives it.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="lots">The lots; a material without one is left out.</param>
    /// <returns>Every check once, passes too.</returns>
    public static ImmutableArray<RuleCheck> Judge(Recipe recipe, IReadOnlyCollection<MaterialLot> lots)
    {
        List<RuleCheck> checks = [];
        foreach (SlurryFormula slurry in recipe.Slurries)
        {
            CarbonSplit split = CarbonSplit.Of(slurry);
            CarbonCertificate[] first = Certificates(split.First, CarbonRole.First, lots);
            CarbonCertificate[] second = Certificates(split.Second, CarbonRole.Second, lots);
            CarbonCertificate[] others = Certificates(
                slurry.Carbons.Except(split.First).Except(split.Second), CarbonRole.Other, lots);
            checks.AddRange(first.Concat(second).Concat(others).SelectMany(static c => LotRules.Check(c)));
            checks.AddRange(first.SelectMany(f => second.SelectMany(s => LotRules.CheckPair(f, s))));
        }

        checks.AddRange(lots.Where(static l => l.Kind != LotKind.Carbon).SelectMany(static l => LotReceipt.Judge(l)));
        return [.. checks.Distinct()];
    }

    private static CarbonCertificate[] Certificates(
        IEnumerable<Ingredient> carbons, CarbonRole role, IReadOnlyCollection<MaterialLot> lots) =>
    [
        .. carbons
            .Select(i => lots.FirstOrDefault(l => l.Material == i.Material)?.Carbon)
            .OfType<CarbonCertificate>()
            .Select(c => c with { Role = role }),
    ];

    private static MaterialLot? Choose(Wanted wanted, Stock stock, DateTimeOffset now, List<string> refusals)
    {
        LotAccount[] lots =
        [
            .. stock.Lots.Values
                .Where(wanted.IsOfIt)
                .OrderBy(static a => a.Lot.Expires)
                .ThenBy(static a => a.Lot.ReceivedAt)
                .ThenBy(static a => a.Lot.Lot, StringComparer.Ordinal),
        ];
        string[][] against = [.. lots.Select(a => wanted.Against(a, now).ToArray())];
        int usable = Array.FindIndex(against, static reasons => reasons.Length == 0);
        if (usable >= 0)
        {
            return lots[usable].Lot;
        }

        refusals.AddRange(lots.Length == 0
            ? [$"{wanted.Name}: no lot was received; {wanted.Text(wanted.Amount)} are needed"]
            : lots.Select((a, i) => $"{wanted.Name} lot {a.Lot.Lot} {string.Join(" and ", against[i])}"));
        return null;
    }

    /// <summary>What a batch wants of one material altogether.</summary>
    private sealed record Wanted(Recipe Recipe, LotNeed Need, decimal Amount)
    {
        public string Name => Need.Kind == LotKind.Foil ? "foil" : Need.Material;

        // A recipe names no foil: every roll is one.
        public bool IsOfIt(LotAccount account) => Need.Kind == LotKind.Foil
            ? account.Lot.Kind == LotKind.Foil
            : account.Lot.Material == Need.Material;

        public string Text(decimal amount) => UnitText.Of(amount, Need.Kind == LotKind.Foil ? "mm" : "g");

        public IEnumerable<string> Against(LotAccount account, DateTimeOffset now)
        {
            if (account.Lot.Kind != Need.Kind)
            {
                yield return $"was received as {account.Lot.Kind}, the recipe has it as {Need.Kind}";
                yield break;
            }

            bool released = account.Status == LotStatus.Released
                || (account.Status == LotStatus.Engineering && Recipe.Class == RecipeClass.Engineering);
            if (!released)
            {
                yield return account.Status == LotStatus.Engineering
                    ? "is released for engineering only, and this is a production batch"
                    : $"is {LotRelease.Word(account.Status)}, not released";
            }

            if (now >= account.Lot.Expires)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"expired at {account.Lot.Expires:u}");
            }

            if (account.Free < Amount)
            {
                yield return $"has only {Text(account.Free)} free of {Text(Amount)} needed";
            }

            if (OtherBinder(account.Lot) is { } other)
            {
                yield return other;
            }
        }

        // Another strength of the solution is another slurry. The strength may vary as the weighed mass may.
        private string? OtherBinder(MaterialLot lot)
        {
            decimal? wanted = Recipe.Slurries.SelectMany(static s => s.Charge)
                .FirstOrDefault(i => i.Material == Need.Material && i.Kind == MaterialKind.BinderSolution)
                ?.BinderWeightFraction;
            return wanted is not { } recipe ? null
                : lot.BinderWeightFraction is not { } fraction
                    ? $"does not say how much binder it has; the recipe has {Percent(recipe)}"
                : Math.Abs(fraction - recipe) > recipe * Recipe.Site.Weighing.BinderSolution
                    ? $"has {Percent(fraction)} binder; the recipe has {Percent(recipe)}"
                : null;
        }

        private static string Percent(decimal fraction) => UnitText.Of(100m * fraction, "wt%");
    }
}
