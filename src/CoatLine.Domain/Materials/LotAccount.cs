using System.Collections.Immutable;
using System.Text.Json;
using CoatLine.Domain.Events;

namespace CoatLine.Domain.Materials;

/// <summary>Something of a lot that an open batch has not taken yet.</summary>
/// <param name="Batch">Batch id.</param>
/// <param name="Use">Where it goes, see <see cref="LotNeed.Use"/>.</param>
/// <param name="Amount">How much, above 0: g, or mm of foil.</param>
public sealed record LotReservation(string Batch, string Use, decimal Amount);

/// <summary>
/// One lot in stock. Received = used + reserved + free, always; free is below 0 when more was taken than the supplier
/// said there is. Immutable.
/// </summary>
/// <param name="Lot">The lot as received.</param>
/// <param name="ReceivedBy">Who received it.</param>
/// <param name="Status">What it may be used for.</param>
/// <param name="Reason">The reason of the last decision about it; empty before any.</param>
/// <param name="Used">What was taken so far: g, or mm of foil.</param>
/// <param name="Reservations">What open batches have still to take.</param>
public sealed record LotAccount(
    MaterialLot Lot,
    string ReceivedBy,
    LotStatus Status,
    string Reason,
    decimal Used,
    ImmutableArray<LotReservation> Reservations)
{
    /// <summary>What open batches have still to take: g, or mm of foil.</summary>
    public decimal Reserved => Reservations.Sum(static r => r.Amount);

    /// <summary>What a new batch may book: g, or mm of foil.</summary>
    public decimal Free => Lot.Quantity - Used - Reserved;

    /// <summary>The unit of every amount of this lot: <c>g</c>, or <c>mm</c> of foil.</summary>
    public string Unit => Lot.Unit;

    /// <summary>A lot as it is received: in quarantine, all of it there.</summary>
    public static LotAccount Of(LotReceived fact) =>
        new(fact.Lot, fact.By, LotStatus.Quarantine, string.Empty, 0m, []);

    /// <summary>The account as JSON, in the spelling of recorded facts; <see cref="FromJson"/> reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Kept(Lot, ReceivedBy, Status, Reason, Used, Reservations), EventJson.Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not an account.</exception>
    public static LotAccount FromJson(string json)
    {
        try
        {
            Kept kept = JsonSerializer.Deserialize<Kept>(json, EventJson.Options)
                ?? throw new FormatException("an account of a lot is not null");
            return new LotAccount(
                kept.Lot, kept.ReceivedBy, kept.Status, kept.Reason, kept.Used, kept.Reservations);
        }
        catch (JsonException e)
        {
            throw new FormatException($"this is not an account of a lot: {e.Message}", e);
        }
    }

    /// <summary>The account after a reservation was taken or let go: some or all of its amount.</summary>
    internal LotAccount Unreserve(string batch, string use, decimal? amount = null)
    {
        LotReservation? held = Reservations.FirstOrDefault(r => r.Batch == batch && r.Use == use);
        if (held is null)
        {
            return this;
        }

        decimal left = amount is { } taken ? held.Amount - taken : 0m;
        return this with
        {
            Reservations = left > 0m
                ? Reservations.Replace(held, held with { Amount = left })
                : Reservations.Remove(held),
        };
    }

    // What is stored, without what follows from it.
    private sealed record Kept(
        MaterialLot Lot,
        string ReceivedBy,
        LotStatus Status,
        string Reason,
        decimal Used,
        ImmutableArray<LotReservation> Reservations);
}
