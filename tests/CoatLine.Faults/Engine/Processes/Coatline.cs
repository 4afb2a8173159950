using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CoatLine.Faults.Engine.Processes;

/// <summary>One process of the real program, whose lines are read as they come.</summary>
internal sealed class Coatline : IDisposable
{
    /// <summary>No process of a run may take longer, in real time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private const int LinesTold = 12;

    private readonly Process _process;
    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly List<string> _lines = [];
    private readonly Task<string> _errors;

    /// <summary>Starts it.</summary>
    /// <param name="program">Path of <c>coatline.dll</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public Coatline(string program, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        _process.StandardInput.Close();

        // Read all the time, so that a full pipe never stops the program.
        _errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public int Pid => _process.Id;

    /// <summary>Known once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The newest fact that it has shown; 0 for none.</summary>
    public long Shown { get; private set; }

    /// <summary>Reads until it has shown a fact; false at the end of its output.</summary>
    public async Task<bool> ReadUntilAsync(long fact)
    {
        while (Shown < fact)
        {
            if (await _process.StandardOutput.ReadLineAsync(_patience.Token) is not { } line)
            {
                return false;
            }

            _lines.Add(line);
            Shown = Math.Max(Shown, SeqOf(line));
        }

        return true;
    }

    /// <summary>Reads to its end, and waits for that; false when the time is over before.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        try
        {
            await EndAsync().WaitAsync(time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Reads to its end, and waits for that.</summary>
    public async Task EndAsync()
    {
        await ReadUntilAsync(long.MaxValue);
        await _process.WaitForExitAsync(_patience.Token);
    }

    /// <summary>SIGKILL; false when it had ended by itself. Nothing of it runs any more when this returns.</summary>
    public async Task<bool> KillAsync()
    {
        bool lives = !_process.HasExited;
        if (lives)
        {
            _process.Kill();
        }

        await EndAsync();
        return lives;
    }

    /// <summary>Sends a signal by its name.</summary>
    public static async Task SignalAsync(int pid, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>What it said last.</summary>
    public async Task<string> SaidAsync() =>
        string.Join('\n', [.. _lines.TakeLast(LinesTold), (await _errors).Trim()]);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _patience.Dispose();
    }

    /// <summary>The sequence number at the start of a fact's line, or 0 for another line.</summary>
    private static long SeqOf(string line) =>
        line.Length > 5 && long.TryParse(line.AsSpan(0, 5), CultureInfo.InvariantCulture, out long seq) ? seq : 0;
}
