using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Domain.Recipes;

namespace CoatLine.Domain.Materials;

/// <summary>
/// Every lot of a line, with what of it is used, reserved and free: a pure fold of the line's facts in the order of the
/// journal. Immutable.
/// </summary>
public sealed record Stock
{
    /// <summary>A line that has received nothing.</summary>
    public static Stock Empty { get; } = new();

    /// <summary>Every lot received, by lot id.</summary>
    public ImmutableSortedDictionary<string, LotAccount> Lots { get; private init; } =
        ImmutableSortedDictionary.Create<string, LotAccount>(StringComparer.Ordinal);

    /// <summary>Folds recorded facts.</summary>
    public static Stock Of(IEnumerable<BatchEvent> facts) =>
        facts.Aggregate(Empty, static (stock, fact) => stock.Apply(fact));

    /// <summary>A stock of accounts as they were kept.</summary>
    /// <exception cref="ArgumentException">Two of them are of one lot.</exception>
    public static Stock OfAccounts(IEnumerable<LotAccount> accounts) => Empty with
    {
        Lots = accounts.ToImmutableSortedDictionary(a => a.Lot.Lot, a => a, StringComparer.Ordinal),
    };

    /// <summary>One lot; null when it was never received.</summary>
    public LotAccount? Lot(string lot) => Lots.GetValueOrDefault(lot);

    /// <summary>The stock after one more fact. A fact that no lot has a part in gives the same stock.</summary>
    public Stock Apply(BatchEvent fact) => fact switch
    {
        LotReceived e when !Lots.ContainsKey(e.Lot.Lot) => With(LotAccount.Of(e)),
        LotStatusSet e when Lot(e.Lot) is { } account => With(account with { Status = e.Status, Reason = e.Reason }),
        BatchCreated { Order.Lots.IsDefaultOrEmpty: false } e => Reserve(e, e.Order!),
        MaterialWeighed { Lot: { } lot } e => Take(
            e.Batch, LotNeed.UseOf(e.Layer, e.Dilution, e.Material), lot, e.NetG, all: true),

        // Coat 2 lies on the foil that coat 1 has used.
        CoatCompleted { CoatIndex: 1 } e => Take(e.Batch, LotNeed.Foil, e.FoilRoll, e.StrokeMm, all: false),
        BatchReleased or BatchRejected or TrialConcluded => LetGo(fact.Batch),
        _ => this,
    };

    private Stock With(LotAccount account) => this with { Lots = Lots.SetItem(account.Lot.Lot, account) };

    private Stock Reserve(BatchCreated created, BatchOrder order)
    {
        // A recipe that this version reads otherwise is held at its first step; it reserves nothing.
        if (PinnedRecipe.Read(created) is not { } recipe)
        {
            return this;
        }

        Stock next = this;
        foreach (LotNeed need in LotNeed.Of(recipe, order.Sheets))
        {
            string? lot = (need.Kind == LotKind.Foil ? order.Foil : order.Lot(need.Material))?.Lot;
            if (lot is not null && next.Lot(lot) is { } account)
            {
                next = next.With(account with
                {
                    Reservations = account.Reservations.Add(new(created.Batch, need.Use, need.Amount)),
                });
            }
        }

        return next;
    }

    // The reservation may be on another lot than the one really taken: who booked A and weighed B needs no more of A.
    private Stock Take(string batch, string use, string lot, decimal amount, bool all)
    {
        Stock next = Each(a => a.Unreserve(batch, use, all ? null : amount));
        return next.Lot(lot) is { } account ? next.With(account with { Used = account.Used + amount }) : next;
    }

    private Stock LetGo(string batch) => Each(
        a => a.Reservations.Any(r => r.Batch == batch)
            ? a with { Reservations = a.Reservations.RemoveAll(r => r.Batch == batch) }
            : a);

    private Stock Each(Func<LotAccount, LotAccount> change)
    {
        Stock next = this;
        foreach (LotAccount account in Lots.Values)
        {
            LotAccount changed = change(account);
            next = ReferenceEquals(changed, account) ? next : next.With(changed);
        }

        return next;
    }
}
