using System.Collections.Immutable;
using System.Text.Json;
using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using CoatLine.Engine;

namespace CoatLine.Faults.Engine.Processes;

/// <summary>What one run of real processes came to.</summary>
/// <param name="Schedule">Its schedule.</param>
/// <param name="Done">The cuts that hit something; a process may have ended before one.</param>
/// <param name="End">Released, or why it is held.</param>
/// <param name="Lives">Processes of the MES.</param>
/// <param name="MixCycles">Mix cycles that ran to their end, by the machine's own log.</param>
/// <param name="Judgement">What is wrong.</param>
/// <param name="Said">What the last process said, when something is wrong.</param>
internal sealed record ProcessResult(
    ProcessSchedule Schedule,
    ImmutableArray<CutKind> Done,
    string End,
    int Lives,
    int MixCycles,
    Judgement Judgement,
    string Said);

/// <summary>
/// One batch made by the real program on the real simulator, each a process of its own, under the schedule of a seed.
/// </summary>
/// <param name="program">Path of <c>coatline.dll</c>.</param>
/// <param name="schedule">The schedule.</param>
internal sealed class ProcessRun(string program, ProcessSchedule schedule)
{
    /// <summary>How long the simulator may take to open its port, and a run on a full disk to end by itself.</summary>
    private const int Looks = 300;

    private const int IdleSeconds = 60;

    /// <summary>Starts without any cut before a run is given up as one that does not end.</summary>
    private const int MostStarts = 4;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string _root = Directory.CreateTempSubdirectory("coatline-faults-").FullName;
    private readonly List<CutKind> _done = [];
    private readonly List<string> _wrong = [];
    private SmallDisk? _disk;
    private int _lives;
    private long _shown;
    private string _said = string.Empty;

    private string Data => Path.Combine(_root, "data");

    private string LogFile => Path.Combine(_root, "machine.jsonl");

    public static async Task<ProcessResult> RunAsync(string program, ulong seed)
    {
        var run = new ProcessRun(program, ProcessSchedule.Of(seed));
        try
        {
            return await run.RunAsync();
        }
        finally
        {
            run._disk?.Dispose();
            Directory.Delete(run._root, recursive: true);
        }
    }

    private async Task<ProcessResult> RunAsync()
    {
        _disk = schedule.Fills ? await SmallDisk.MountAsync(Data) : null;
        int exitCode;
        using (var simulator = new Coatline(
            program, "sim", "run", "--port", "0", "--speed", Invariant(schedule.Speed), "--data", Data,
            "--log", LogFile, "--end-when-idle", Invariant(IdleSeconds)))
        {
            int pid = await AnnouncedAsync();
            foreach (Cut cut in schedule.Cuts)
            {
                await DoAsync(cut, pid);
            }

            exitCode = await FinishAsync();
        }

        return await JudgeAsync(exitCode);
    }

    /// <summary>Waits until the simulator has announced itself; gives its process id.</summary>
    private async Task<int> AnnouncedAsync()
    {
        string notice = Path.Combine(Data, "simulator.json");
        for (int look = 0; look < Looks; look++)
        {
            if (File.Exists(notice))
            {
                return JsonElement.Parse(await File.ReadAllTextAsync(notice)).GetProperty("pid").GetInt32();
            }

            await Task.Delay(Look);
        }

        throw new InvalidOperationException("the simulator did not announce itself");
    }

    private Coatline Start()
    {
        _lives++;
        return new Coatline(program, "run", "--once", "--speed", Invariant(schedule.Speed), "--data", Data);
    }

    private async Task DoAsync(Cut cut, int simulator)
    {
        using Coatline mes = Start();
        if (cut.Kind != CutKind.KillAtStart && !await mes.ReadUntilAsync(cut.Fact))
        {
            await TakeAsync(mes);
            return;
        }

        await Task.Delay(cut.DelayMs);
        switch (cut.Kind)
        {
            case CutKind.Freeze:
                await Coatline.SignalAsync(simulator, "STOP");
                await Task.Delay(cut.LengthMs);
                await Coatline.SignalAsync(simulator, "CONT");
                _done.Add(cut.Kind);

                // The process that has met it dies as well, so that a restart meets what it left.
                await mes.ReadUntilAsync(mes.Shown + 1);
                break;
            case CutKind.FillDisk when _disk is not null:
                _disk.Fill();
                if (await mes.EndsWithinAsync(TimeSpan.FromMilliseconds(cut.LengthMs)))
                {
                    _done.Add(cut.Kind);
                }

                _disk.Free();
                break;
        }

        if (await mes.KillAsync())
        {
            _done.Add(cut.Kind == CutKind.KillAtStart ? cut.Kind : CutKind.Kill);
        }

        await TakeAsync(mes);
    }

    /// <summary>Lets the MES make the batch to its end.</summary>
    private async Task<int> FinishAsync()
    {
        int exitCode = -1;
        for (int start = 0; start < MostStarts && exitCode is not (0 or 1); start++)
        {
            using Coatline mes = Start();
            await mes.EndAsync();
            exitCode = mes.ExitCode;
            await TakeAsync(mes);
        }

        return exitCode;
    }

    private async Task TakeAsync(Coatline mes)
    {
        _shown = Math.Max(_shown, mes.Shown);
        _said = await mes.SaidAsync();
    }

    private async Task<ProcessResult> JudgeAsync(int exitCode)
    {
        using (var verify = new Coatline(program, "ledger", "verify", "--data", Data))
        {
            await verify.EndAsync();
            if (verify.ExitCode != 0)
            {
                _wrong.Add($"the ledger does not verify: {await verify.SaidAsync()}");
            }
        }

        ProcessRecord record = ProcessRecord.Of(Data);
        BatchEvent[] facts = [.. record.Chain.Select(EventCatalog.Read)];
        MachineLog machine = MachineLog.Read(LogFile, facts);
        _wrong.AddRange([.. record.Wrong, .. machine.Wrong]);
        (BatchOutcome outcome, string end) = Ended(facts, exitCode);
        if (outcome is BatchWasReleased && !machine.IsWhole)
        {
            _wrong.Add($"released with mix cycles {string.Join(", ", machine.MixCycles)}");
        }

        bool isShortened = _shown > record.Chain.Count;
        if (isShortened)
        {
            _wrong.Add($"fact {_shown} was shown and is gone");
        }

        Judgement judged = Oracle.Judge(
            Undisturbed.Steps(BatchOrder.Plain), machine.Begun, [], record.Chain, outcome);
        return new ProcessResult(
            schedule,
            [.. _done],
            end,
            _lives,
            machine.MixCycles.Values.Sum(),
            judged with
            {
                LostFacts = judged.LostFacts + (isShortened ? 1 : 0),
                Wrong = [.. _wrong, .. judged.Wrong],
            },
            _said);
    }

    private (BatchOutcome Outcome, string End) Ended(BatchEvent[] facts, int exitCode)
    {
        string[] batches = [.. facts.OfType<BatchCreated>().Select(e => e.Batch)];
        if (batches.Length != 1)
        {
            _wrong.Add($"there are {batches.Length} batches, one was ordered");
        }

        if (facts.OfType<BatchReleased>().FirstOrDefault() is { } released)
        {
            if (exitCode != 0)
            {
                _wrong.Add($"released, and the program ended with {exitCode}");
            }

            return (new BatchWasReleased(released.Batch, released.Disposition), "released");
        }

        if (exitCode != 1 || facts.OfType<BatchHeld>().LastOrDefault() is not { } held)
        {
            _wrong.Add($"neither released nor held; the program ended with {exitCode}");
            return (new BatchWasHeld(string.Empty, string.Empty, "broken off", string.Empty), "broken off");
        }

        // A dead MES and a frozen link let line time pass, at this speed hours of it; nothing else explains a question.
        HeldReason reason = HeldReason.Of(held);
        if (!reason.IsExplainedBy([new Fault(FaultKind.ClockForward, 0, 0)])
            && !(_done.Contains(CutKind.Freeze) && reason.IsExplainedBy([new Fault(FaultKind.LinkLostAfter, 0, 0)])))
        {
            _wrong.Add($"held at {held.Step}: {held.Reason} ({held.Question})");
        }

        return (new BatchWasHeld(held.Batch, held.Step, held.Reason, held.Question), "held: " + reason.Name);
    }

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
