using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.OpcUa.Pki;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline pki</c>: whom this installation trusts, and who was turned away.</summary>
internal static class PkiCommand
{
    public static Command Create(TimeProvider real) => new("pki", "Certificates: own, trusted, issuers, rejected")
    {
        CreateList(real), CreateShow(real), CreateTrust(real), CreateReject(real),
    };

    private static Command CreateList(TimeProvider real)
    {
        (Option<DirectoryInfo?> pki, Option<DirectoryInfo> data, Option<bool> json) = Options();
        Command command = new("list", "Every certificate of the store") { pki, data, json };
        command.SetAction(parsed => Guard(() =>
        {
            PkiStore store = Existing(Folder(parsed, pki, data), real);
            PkiEntry[] entries = [.. Enum.GetValues<PkiFolder>().SelectMany(store.Entries)];
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                new { Store = store.Root, Certificates = entries.Select(CertificateText.ToJson) },
                console => CertificateText.DrawList(console, store.Root, entries, real.GetUtcNow()));
        }));
        return command;
    }

    private static Command CreateShow(TimeProvider real)
    {
        Argument<string> which = new("CERTIFICATE")
        {
            Description = $"Thumbprint, or its first {CertificateChoice.ShortestPrefix} digits or more, or a file",
        };
        (Option<DirectoryInfo?> pki, Option<DirectoryInfo> data, Option<bool> json) = Options();
        Command command = new("show", "One certificate: whose, for what, how long, its fingerprints")
        {
            which, pki, data, json,
        };
        command.SetAction(parsed => Guard(() =>
        {
            CertificateChoice choice = new(parsed.GetRequiredValue(which));
            PkiEntry entry = choice.FromFile(PkiFolder.Rejected)
                ?? choice.Of(Existing(Folder(parsed, pki, data), real), Enum.GetValues<PkiFolder>());
            string? list = choice.IsFile ? null : CertificateText.NameOf(entry.Folder);
            CommonOptions.Report(parsed.GetValue(json)).Answer(
                CertificateText.ToJson(entry, list),
                console => CertificateText.Draw(console, entry, list, real.GetUtcNow()));
        }));
        return command;
    }

    private static Command CreateTrust(TimeProvider real)
    {
        Argument<string> which = new("CERTIFICATE")
        {
            Description = "A rejected certificate's whole thumbprint, or a file in DER or PEM",
        };
        Option<bool> issuer = new("--issuer")
        {
            Description = "Put a file among the issuers: it completes chains and makes nobody trusted",
        };
        (Option<DirectoryInfo?> pki, Option<DirectoryInfo> data, Option<bool> json) = Options();
        Command command = new("trust", "Trust a certificate from now on; compare its fingerprint first")
        {
            which, issuer, pki, data, json,
        };
        command.SetAction(parsed => Guard(() =>
        {
            PkiStore store = new(Folder(parsed, pki, data), real);
            CertificateChoice choice = new(parsed.GetRequiredValue(which));
            PkiFolder folder = parsed.GetValue(issuer) ? PkiFolder.Issuer : PkiFolder.Trusted;
            PkiEntry trusted = choice.FromFile(folder) is { } file
                ? store.Add(folder, file.Certificate!)
                : choice.Trust(Existing(store.Root, real), folder);
            Tell(parsed.GetValue(json), trusted, folder == PkiFolder.Issuer
                ? "completes chains now, and makes nobody trusted"
                : "is trusted from the next connection on");
        }));
        return command;
    }

    private static Command CreateReject(TimeProvider real)
    {
        Argument<string> which = new("THUMBPRINT")
        {
            Description = $"Thumbprint of a trusted certificate, {CertificateChoice.ShortestPrefix} digits or more",
        };
        (Option<DirectoryInfo?> pki, Option<DirectoryInfo> data, Option<bool> json) = Options();
        Command command = new("reject", "Trust a certificate no longer") { which, pki, data, json };
        command.SetAction(parsed => Guard(() =>
        {
            PkiStore store = Existing(Folder(parsed, pki, data), real);
            PkiEntry found = new CertificateChoice(parsed.GetRequiredValue(which))
                .Of(store, [PkiFolder.Trusted, PkiFolder.Rejected]);
            PkiEntry rejected = store.Reject(found.Thumbprint) ?? found;
            Tell(
                parsed.GetValue(json),
                rejected,
                "is rejected from the next connection on; connections that stand are not cut");
        }));
        return command;
    }

    private static void Tell(bool json, PkiEntry entry, string what) => CommonOptions.Report(json).Answer(
        CertificateText.ToJson(entry),
        console =>
        {
            console.WriteLine($"{CertificateText.CommonName(entry)} {what}.");
            console.WriteLine($"  thumbprint {entry.Thumbprint}");
            console.WriteLine($"  file       {entry.Path}");
        });

    private static (Option<DirectoryInfo?> Pki, Option<DirectoryInfo> Data, Option<bool> Json) Options() =>
        (CommonOptions.Pki(), CommonOptions.Data(), CommonOptions.Json());

    private static string Folder(ParseResult parsed, Option<DirectoryInfo?> pki, Option<DirectoryInfo> data) =>
        parsed.GetValue(pki)?.FullName ?? CommonOptions.PkiOf(parsed.GetRequiredValue(data).FullName);

    private static PkiStore Existing(string folder, TimeProvider real) => Directory.Exists(folder)
        ? new PkiStore(folder, real)
        : throw CommandFailedException.BadInput(
            $"there is no certificate store at {folder}. The first secured run makes one; --pki names another.");

    private static int Guard(Action work)
    {
        try
        {
            work();
            return ExitCode.Done;
        }
        catch (PkiException e)
        {
            throw CommandFailedException.BadInput(e.Message, e);
        }
    }
}
