using System.Collections.Immutable;
using System.CommandLine;
using CoatLine.Domain.Quality;

namespace CoatLine.Cli.Commands;

/// <summary>Who does something, in what capacity and why: options that several commands share.</summary>
internal static class PersonOptions
{
    private static readonly (string Word, SignerRole Role)[] Roles =
    [
        ("operator", SignerRole.Operator),
        ("process-engineer", SignerRole.ProcessEngineer),
        ("qa-manager", SignerRole.QaManager),
    ];

    public static Option<string> By() =>
        new("--by") { Description = "Who does it", HelpName = "NAME", Required = true };

    public static Option<string> Reason() =>
        new("--reason") { Description = "Why; it is recorded", HelpName = "TEXT", Required = true };

    public static Option<string[]> Sign() => new("--sign")
    {
        Description = "Who signs: NAME:operator, NAME:process-engineer or NAME:qa-manager; once per person",
        HelpName = "NAME:ROLE",
    };

    /// <summary>Signatures as typed.</summary>
    /// <exception cref="CommandFailedException">One is not NAME:ROLE.</exception>
    public static ImmutableArray<Signature> Signatures(IEnumerable<string> typed, DateTimeOffset now) =>
        [.. typed.Select(text => Signed(text, now))];

    private static Signature Signed(string text, DateTimeOffset now)
    {
        int colon = text.LastIndexOf(':');
        string role = text[(colon + 1)..];
        return colon > 0 && Roles.FirstOrDefault(r => r.Word == role) is { Word: not null } known
            ? new Signature(text[..colon], known.Role, now)
            : throw CommandFailedException.BadInput(
                $"--sign '{text}' must be NAME:ROLE with ROLE one of {string.Join(", ", Roles.Select(r => r.Word))}");
    }

    public static Option<SignerRole> Role() => new("--role")
    {
        Description = "In what capacity",
        HelpName = string.Join('|', Roles.Select(static r => r.Word)),
        Required = true,
        CustomParser = static result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            foreach ((string word, SignerRole role) in Roles)
            {
                if (word == text)
                {
                    return role;
                }
            }

            result.AddError(
                $"--role must be one of {string.Join(", ", Roles.Select(static r => r.Word))}, not '{text}'");
            return default;
        },
    };
}
