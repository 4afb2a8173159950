using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using CoatLine.Cli.Output;
using CoatLine.Domain.Events;
using CoatLine.Ledger;
using CoatLine.Ledger.Proof;
using Spectre.Console;

namespace CoatLine.Cli.Commands;

/// <summary>
/// <c>coatline ledger checkpoint</c>, <c>ledger certificate</c> and <c>ledger key</c>: they sign what the ledger holds
/// and never change it.
/// </summary>
internal static class LedgerProofCommands
{
    /// <summary>Folder of the signed checkpoints, below the data folder.</summary>
    private const string CheckpointsName = "checkpoints";

    /// <summary>Folder of the signing keys, below the data folder.</summary>
    private const string KeysName = "keys";

    public static Command CreateCheckpoint(TimeProvider real)
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<string> line = new("--line")
        {
            Description = "The line", HelpName = "LINE", DefaultValueFactory = static _ => default(LineId).Value,
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("checkpoint", "Verify the whole chain and sign it as it stands") { data, line, json };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Checkpoint(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(line),
            real,
            CommonOptions.Report(parsed.GetValue(json)),
            cancellationToken)));
        return command;
    }

    public static Command CreateCertificate(TimeProvider real)
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Argument<string> batch = new("batch") { Description = "Batch id, e.g. B-2026-0001" };
        Option<FileInfo?> file = new("--out", "-o")
        {
            Description = "Where to write it; BATCH.certificate.json where none is named", HelpName = "FILE",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("certificate", "A batch's record that a stranger can check offline")
        {
            batch, data, file, json,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Certificate(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(batch),
            parsed.GetValue(file),
            real,
            CommonOptions.Report(parsed.GetValue(json)),
            cancellationToken)));
        return command;
    }

    public static Command CreateKey()
    {
        Option<DirectoryInfo> data = CommonOptions.Data();
        Option<bool> rotate = new("--rotate") { Description = "Make a new key, vouched for by the present one" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("key", "Fingerprints of the keys that sign the ledger") { data, rotate, json };
        command.SetAction(parsed => Keys(
            parsed.GetRequiredValue(data), parsed.GetValue(rotate), CommonOptions.Report(parsed.GetValue(json))));
        return command;
    }

    private static int Checkpoint(
        DirectoryInfo data, string line, TimeProvider real, Report report, CancellationToken cancellationToken)
    {
        LineId id = Line(line);
        Sound(data, cancellationToken);
        SignedCheckpoint signed = ProofAccess.Guard(() => Notary(data, real).Sign(id));
        Checkpoint made = signed.Checkpoint;
        report.Answer(
            new
            {
                Line = made.Line.Value,
                made.Seq,
                Head = made.Head.ToString(),
                Root = made.Root.ToString(),
                made.Time,
                Key = made.Key.ToString(),
            },
            console =>
            {
                console.WriteLine($"{made.Line} signed up to event {made.Seq} at {made.Time:u}");
                console.WriteLine($"head {made.Head}");
                console.WriteLine($"root {made.Root}");
                console.WriteLine($"key  {made.Key}");
            });
        return ExitCode.Done;
    }

    private static int Certificate(
        DirectoryInfo data,
        string batch,
        FileInfo? file,
        TimeProvider real,
        Report report,
        CancellationToken cancellationToken)
    {
        Sound(data, cancellationToken);
        BatchCertificate certificate = ProofAccess.Guard(() => Notary(data, real).Certify(batch));
        string path = file?.FullName ?? Path.GetFullPath($"{batch}.certificate.json");
        try
        {
            File.WriteAllText(path, ProofJson.Write(certificate), new UTF8Encoding(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Unreachable($"'{path}' cannot be written: {e.Message}", e);
        }

        Checkpoint checkpoint = certificate.Checkpoint.Checkpoint;
        report.Answer(
            new
            {
                File = path,
                Events = certificate.Events.Length,
                CheckpointSeq = checkpoint.Seq,
                Key = checkpoint.Key.ToString(),
            },
            console =>
            {
                console.WriteLine($"{batch}: {certificate.Events.Length} events, proven up to the checkpoint at event "
                    + $"{checkpoint.Seq}");
                console.WriteLine($"written to {path}");
                console.WriteLine("check it anywhere with");
                console.WriteLine($"  coatline verify {Path.GetFileName(path)} --key {checkpoint.Key}");
            });
        return ExitCode.Done;
    }

    private static int Keys(DirectoryInfo data, bool rotate, Report report)
    {
        var folder = new KeyFolder(Path.Combine(data.FullName, KeysName));
        KeySuccession[] keys = ProofAccess.Guard(() =>
        {
            if (rotate)
            {
                folder.Rotate().Dispose();
            }

            return folder.Keys().ToArray();
        });
        report.Answer(
            new
            {
                Keys = keys.Select(static k => new { Id = k.Key.Id.ToString(), Previous = k.Previous.ToString() }),
            },
            console =>
            {
                foreach ((int number, KeySuccession key) in keys.Index())
                {
                    console.WriteLine($"{number + 1,3}  {key.Key.Id}{(number == keys.Length - 1 ? "  in use" : "")}");
                }

                if (keys.Length == 0)
                {
                    console.WriteLine("No key yet; the first checkpoint makes one.");
                }
            });
        return ExitCode.Done;
    }

    private static LedgerNotary Notary(DirectoryInfo data, TimeProvider real) => new(
        LedgerAccess.Of(data),
        new CheckpointFolder(Path.Combine(data.FullName, CheckpointsName)),
        new KeyFolder(Path.Combine(data.FullName, KeysName)),
        real);

    /// <summary>The last signed checkpoint of each line, as marks; only those that a key at hand has signed.</summary>
    public static ImmutableArray<LedgerMark> Checkpoints(DirectoryInfo data) => ProofAccess.Guard(() =>
    {
        var folder = new CheckpointFolder(Path.Combine(data.FullName, CheckpointsName));
        KeySuccession[] keys = [.. new KeyFolder(Path.Combine(data.FullName, KeysName)).Keys()];
        return folder.Lines()
            .Select(folder.Latest)
            .OfType<SignedCheckpoint>()
            .Where(latest => keys.Any(key => latest.IsSignedBy(key.Key)))
            .Select(latest => new LedgerMark(
                latest.Checkpoint.Line, latest.Checkpoint.Seq, latest.Checkpoint.Head))
            .ToImmutableArray();
    });

    /// <summary>A signature says that the record is whole, so it is verified first.</summary>
    private static void Sound(DirectoryInfo data, CancellationToken cancellationToken)
    {
        LedgerPlace place = LedgerAccess.Place(data);
        VerifyReport found = LedgerAccess.Guard(() => place.Verify(new VerifyScope(), cancellationToken));
        if (!found.Sound)
        {
            throw CommandFailedException.Refused(
                $"the chain is broken at event {found.Damages[0].Seq} of {found.Damages[0].Line}, so nothing is "
                + "signed; run 'coatline ledger verify'");
        }
    }

    private static LineId Line(string text)
    {
        try
        {
            return new LineId(text);
        }
        catch (ArgumentException e)
        {
            throw CommandFailedException.BadInput($"--line: {e.Message}", e);
        }
    }
}
