using System.Collections.Immutable;

namespace CoatLine.Domain.Quality;

/// <summary>Who has signed, and whether that is enough.</summary>
public static class Signatures
{
    /// <summary>Whether two names are one person: case and spaces around a name do not make another.</summary>
    public static bool IsSamePerson(string one, string other) =>
        string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>What is missing for a decision of a process engineer and a QA manager, two different people; a
    /// signature without a name is none.</summary>
    /// <returns>Every reason, as the end of a sentence; empty when nothing is missing.</returns>
    public static IEnumerable<string> MissingOfTwo(ImmutableArray<Signature> signatures)
    {
        Signature[] engineers = [.. Named(signatures, SignerRole.ProcessEngineer)];
        Signature[] managers = [.. Named(signatures, SignerRole.QaManager)];
        if (engineers.Length == 0)
        {
            yield return "a process engineer has not signed";
        }

        if (managers.Length == 0)
        {
            yield return "a QA manager has not signed";
        }

        if (engineers.Length > 0 && managers.Length > 0
            && !engineers.Any(e => managers.Any(m => !IsSamePerson(m.Person, e.Person))))
        {
            yield return "process engineer and QA manager must be two different people";
        }
    }

    private static IEnumerable<Signature> Named(ImmutableArray<Signature> signatures, SignerRole role) =>
        signatures.Where(s => s.Role == role && !string.IsNullOrWhiteSpace(s.Person));
}
