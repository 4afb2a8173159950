using System.CommandLine;
using CoatLine.Cli.Output;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Proof;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline verify FILE</c>: checks a batch certificate by itself, without any database.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("file") { Description = "A batch certificate" };
        Option<string[]> key = new("--key")
        {
            Description = "Fingerprint of a key that the plant has published; more than one may be named",
            HelpName = "HEX",
            CustomParser = static result =>
            {
                foreach (string text in result.Tokens.Select(static t => t.Value).Where(static t => !IsHash(t)))
                {
                    result.AddError($"--key '{text}' is not a fingerprint; it has 64 hexadecimal digits");
                }

                return [.. result.Tokens.Select(static t => t.Value)];
            },
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("verify", "Check a batch certificate offline") { file, key, json };
        command.SetAction(parsed => Verify(
            parsed.GetRequiredValue(file),
            parsed.GetValue(key) ?? [],
            CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static bool IsHash(string text) =>
        text.Length == 2 * ChainHash.Length && text.All(char.IsAsciiHexDigit);

    private static int Verify(FileInfo file, string[] keys, Report report)
    {
        BatchCertificate certificate;
        try
        {
            certificate = ProofJson.ReadCertificate(file.FullName);
        }
        catch (ProofException e)
        {
            throw CommandFailedException.BadInput(e.Message, e);
        }

        CertificateReport found = CertificateVerifier.Verify(certificate, [.. keys.Select(ChainHash.Parse)]);
        Checkpoint checkpoint = certificate.Checkpoint.Checkpoint;
        report.Answer(
            new
            {
                Line = certificate.Line.Value,
                certificate.Batch,
                found.Holds,
                found.KeyTrust,
                SignedBy = found.SignedBy.ToString(),
                CheckpointSeq = checkpoint.Seq,
                CheckpointTime = checkpoint.Time,
                found.Events,
                found.FirstSeq,
                found.LastSeq,
                found.Others,
                found.Findings,
            },
            console => Draw(console, certificate, found));
        return found.Holds ? ExitCode.Done : ExitCode.Refused;
    }

    private static void Draw(IAnsiConsole console, BatchCertificate certificate, CertificateReport found)
    {
        Checkpoint checkpoint = certificate.Checkpoint.Checkpoint;
        console.WriteLine($"{certificate.Batch} of {certificate.Line}: {found.Events} events, {found.FirstSeq} to "
            + $"{found.LastSeq}; numbers between them that are not in it: {found.Others}");
        console.WriteLine($"checkpoint at event {checkpoint.Seq}, signed {checkpoint.Time:u} by");
        console.WriteLine($"  {found.SignedBy}");
        foreach (CertificateFinding finding in found.Findings)
        {
            console.MarkupLineInterpolated(
                $"[red]wrong[/]{(finding.Seq is { } seq ? $" at event {seq}" : "")}: {finding.What}");
        }

        console.WriteLine((found.Holds, found.KeyTrust) switch
        {
            (false, _) => "The certificate does not hold.",
            (true, KeyTrust.Trusted) => "The certificate holds, and its key is trusted.",
            _ => "The certificate holds in itself. Compare the key with the one that the plant publishes, or name it "
                + "with --key.",
        });
    }
}
