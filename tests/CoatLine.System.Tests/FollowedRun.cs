using System.Diagnostics;

namespace CoatLine.System.Tests;

/// <summary>A <c>coatline run</c> whose lines are read as they come, so that it can be killed at one of them.</summary>
internal sealed class FollowedRun : IDisposable
{
    private readonly Process _process;
    private readonly CancellationTokenSource _patience = new(Coatline.Patience);

    public FollowedRun(params string[] arguments)
        : this(Coatline.StartInfo(arguments))
    {
    }

    public FollowedRun(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        // Read all the time, so that a full pipe never stops the program.
        Errors = _process.StandardError.ReadToEndAsync(_patience.Token);
    }

    public Task<string> Errors { get; }

    public List<string> Lines { get; } = [];

    public int ExitCode => _process.ExitCode;

    /// <summary>Reads lines until one of them satisfies the condition; false at the end of the output.</summary>
    public async Task<bool> ReadUntilAsync(Func<string, bool> condition)
    {
        while (await _process.StandardOutput.ReadLineAsync(_patience.Token) is { } line)
        {
            Lines.Add(line);
            if (condition(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>SIGKILL: nothing of the process runs any more when this returns.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(_patience.Token);
    }

    /// <summary>SIGTERM, as a service's supervisor sends it.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("/bin/kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(_patience.Token);
        await EndAsync();
    }

    public async Task EndAsync()
    {
        await ReadUntilAsync(static _ => false);
        await _process.WaitForExitAsync(_patience.Token);
    }

    public override string ToString() => string.Join('\n', Lines);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _patience.Dispose();
    }
}
