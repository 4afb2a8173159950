using System.Collections.Immutable;
using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Domain.Quality;

namespace CoatLine.Domain.Materials;

/// <summary>
/// Who may say what a lot is used for. A release, for product or for engineering, is signed by a QA manager who did not
/// receive the lot; blocking it is open to everybody, because it can only be too careful. Pure.
/// </summary>
public static class LotRelease
{
    /// <summary>Longest reason in characters, inclusive.</summary>
    public const int MaxReason = 400;

    /// <summary>Sets what a lot may be used for.</summary>
    /// <param name="stock">The stock before.</param>
    /// <param name="lot">Lot id.</param>
    /// <param name="status">Anything but <see cref="LotStatus.Quarantine"/>, which only receipt gives.</param>
    /// <param name="reason">Why; 1 to <see cref="MaxReason"/> characters.</param>
    /// <param name="signature">Who decides, in what capacity, when (line time).</param>
    /// <returns>One <see cref="LotStatusSet"/>, or every reason against it.</returns>
    public static FactsOrRefusals Decide(
        Stock stock, string lot, LotStatus status, string reason, Signature signature)
    {
        if (stock.Lot(lot) is not { } account)
        {
            return FactsOrRefusals.Refused($"lot {lot} was never received");
        }

        ImmutableArray<string> reasons =
            [.. Formal(account, status, reason, signature), .. AgainstRelease(account, status, signature)];
        return reasons.IsEmpty
            ? FactsOrRefusals.Granted(new LotStatusSet(string.Empty, lot, status, reason.Trim(), signature))
            : FactsOrRefusals.Refused(reasons);
    }

    private static IEnumerable<string> Formal(
        LotAccount account, LotStatus status, string reason, Signature signature)
    {
        string name = Name(account);
        if (status == LotStatus.Quarantine)
        {
            yield return $"{name}: quarantine is where a lot begins; block it instead";
        }

        if (account.Status == status)
        {
            yield return $"{name} is {Word(status)} already";
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > MaxReason)
        {
            yield return $"{name}: a reason of 1 to {MaxReason} characters is needed";
        }

        if (string.IsNullOrWhiteSpace(signature.Person))
        {
            yield return $"{name}: who signs is not said";
        }
    }

    private static IEnumerable<string> AgainstRelease(LotAccount account, LotStatus status, Signature signature)
    {
        if (status is not (LotStatus.Released or LotStatus.Engineering))
        {
            yield break;
        }

        string name = Name(account);
        if (signature.Role != SignerRole.QaManager)
        {
            yield return $"{name}: only a QA manager releases a lot";
        }

        if (Signatures.IsSamePerson(signature.Person, account.ReceivedBy))
        {
            yield return $"{name} was received by {account.ReceivedBy}, who cannot release it too";
        }

        if (signature.At >= account.Lot.Expires)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{name} expired at {account.Lot.Expires:u}");
        }

        if (status == LotStatus.Released)
        {
            foreach (string broken in LotReceipt.Broken(account.Lot))
            {
                yield return $"{name} can be released for engineering only: {broken}";
            }
        }
    }

    /// <summary>A status in words.</summary>
    public static string Word(LotStatus status) => status switch
    {
        LotStatus.Quarantine => "in quarantine",
        LotStatus.Released => "released",
        LotStatus.Engineering => "released for engineering only",
        _ => "blocked",
    };

    private static string Name(LotAccount account) => $"{account.Lot.Material} lot {account.Lot.Lot}";
}
