using System.Diagnostics;
using CoatLine.OpcUa;

namespace CoatLine.Faults.OpcUa;

/// <summary>An input after which something held no longer.</summary>
internal sealed record Finding(long Input, string Target, string What, byte[] Octets)
{
    private const int MostShown = 2048;

    public override string ToString() =>
        $"input {Input} ({Target}, {Octets.Length} octets): {What}\n"
        + Convert.ToHexString(Octets.AsSpan(0, Math.Min(MostShown, Octets.Length)))
        + (Octets.Length > MostShown ? " …" : "");
}

/// <summary>Runs hostile inputs one after the other. Every input follows from the seed and its number, so that one of
/// them can be made again alone.</summary>
internal sealed class Campaign(IReadOnlyList<Target> targets, ulong seed)
{
    /// <summary>An input that takes longer hangs, for all that anybody can tell.</summary>
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(20);

    /// <summary>Stack of the thread that reads the inputs, octets: small, so that nesting without a bound ends
    /// early.</summary>
    private const int StackSize = 512 * 1024;

    /// <summary>Findings after which a campaign ends; more of them would say the same.</summary>
    private const int MostFindings = 10;

    private readonly int shares = targets.Sum(target => target.Share);
    private long current = -1;
    private long startedAt;

    public CampaignResult Result { get; } = new();

    /// <summary>Runs the inputs <paramref name="first"/> up to but without <paramref name="end"/>.</summary>
    public CampaignResult Run(long first, long end)
    {
        var thread = new Thread(() => RunAll(first, end), StackSize) { IsBackground = true };
        Volatile.Write(ref startedAt, Stopwatch.GetTimestamp());
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(200)))
        {
            var input = Volatile.Read(ref current);
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref startedAt)) > LongestInput
                && input == Volatile.Read(ref current))
            {
                var (target, octets) = InputOf(input);
                Result.Add(new Finding(input, target.Name, $"no end within {LongestInput.TotalSeconds} s", octets));
                break;
            }
        }

        return Result;
    }

    /// <summary>The target and the octets of an input.</summary>
    public (Target Target, byte[] Octets) InputOf(long input)
    {
        var chance = Chance.Of(seed, input);
        var share = chance.Below(shares);
        var target = targets.First(candidate => (share -= candidate.Share) < 0);
        return (target, target.Input(chance));
    }

    private void RunAll(long first, long end)
    {
        for (var input = first; input < end && Result.Findings.Count < MostFindings; input++)
        {
            Volatile.Write(ref startedAt, Stopwatch.GetTimestamp());
            Volatile.Write(ref current, input);
            RunOne(input);
        }
    }

    private void RunOne(long input)
    {
        var (target, octets) = InputOf(input);
        var most = target.MostAllocated(octets.Length);
        var run = Measure(target, octets);
        if (run.Allocated > most)
        {
            // What a type needs at its first use counts once in a process; what an input needs comes again.
            run = Measure(target, octets);
        }

        var what = run.What ?? (run.Allocated > most
            ? $"{run.Allocated} octets were allocated; {most} is the bound"
            : Checked(run.Outcome));
        Result.Count(target.Name, run.Outcome.Status, input, run.Elapsed, run.Allocated, octets.Length);
        if (what is not null)
        {
            Result.Add(new Finding(input, target.Name, what, octets));
        }
    }

    private static (Outcome Outcome, string? What, TimeSpan Elapsed, long Allocated) Measure(
        Target target, byte[] octets)
    {
        var own = (byte[])octets.Clone();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        var (outcome, what) = Try(() => target.Run(own));
        return (outcome, what, Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string? Checked(Outcome outcome)
    {
        string? verdict = null;
        var (_, what) = Try(() =>
        {
            verdict = outcome.Check?.Invoke();
            return default;
        });
        return what ?? verdict;
    }

    private static (Outcome Outcome, string? What) Try(Func<Outcome> run)
    {
        try
        {
            return (run(), null);
        }
        catch (UaException refusal) when (refusal.Status.IsBad)
        {
            return (new Outcome(refusal.Status.WithoutInfoBits), null);
        }
        catch (Exception failure)
        {
            return (default, failure.ToString());
        }
    }
}
