using CoatLine.Domain.Rules;

namespace CoatLine.Domain.Quality;

/// <summary>What becomes of an electrode by its checks alone.</summary>
public enum Disposition
{
    /// <summary>Every hard rule passes with its guard band.</summary>
    Accept,

    /// <summary>Every hard rule passes, one or more inside the guard band only.</summary>
    Conditional,

    /// <summary>Something was not measured with good quality: nothing is decided before it is.</summary>
    Hold,

    /// <summary>A hard rule is broken.</summary>
    Reject,
}

/// <summary>Weighs checks together.</summary>
public static class Dispositions
{
    /// <summary>
    /// The worst verdict decides: Fail rejects, NotMeasured holds, Conditional makes it conditional; advisories do
    /// nothing.
    /// </summary>
    /// <param name="checks">The checks; none at all holds, because nothing was shown.</param>
    public static Disposition Of(IReadOnlyCollection<RuleCheck> checks) =>
        checks.Any(c => c.Verdict == Verdict.Fail) ? Disposition.Reject
        : checks.Count == 0 || checks.Any(c => c.Verdict == Verdict.NotMeasured) ? Disposition.Hold
        : checks.Any(c => c.Verdict == Verdict.Conditional) ? Disposition.Conditional
        : Disposition.Accept;
}
