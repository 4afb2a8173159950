using System.Diagnostics;

namespace CoatLine.Bench.OpcUa;

/// <summary>A process beside this one, which takes lines and gives lines; it ends when its standard input does.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    /// <summary>This program again, with other arguments.</summary>
    public static ChildProcess OfThisProgram(params string[] arguments) =>
        Start("dotnet", [typeof(ChildProcess).Assembly.Location, .. arguments], folder: null);

    public static ChildProcess Start(string program, string[] arguments, string? folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new ChildProcess(
            Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
    }

    /// <summary>The rest of the next line that begins with the word and a blank.</summary>
    public async Task<string> WaitForAsync(string word)
    {
        using var limit = new CancellationTokenSource(LongestAnswer);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(word + " ", StringComparison.Ordinal))
            {
                return line[(word.Length + 1)..];
            }
        }

        throw new InvalidOperationException(
            $"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended without {word}");
    }

    public async Task SendAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(LongestStop);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
