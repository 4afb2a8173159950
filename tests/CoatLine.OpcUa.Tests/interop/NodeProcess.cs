using System.Diagnostics;
using System.Threading.Channels;

namespace CoatLine.OpcUa.Tests.Interop;

/// <summary>
/// Runs one of the scripts beside this file with node and the npm packages that package-lock.json pins. The packages
/// are installed once into <c>interop/node_modules</c> when they are not there.
/// </summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestInstall = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);
    private static readonly SemaphoreSlim Install = new(1, 1);
    private static bool installed;

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _everything = [];

    private NodeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Received(e.Data);
        process.ErrorDataReceived += (_, e) => Remember(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything the script has printed so far, for the message of a failing test.</summary>
    public string Output
    {
        get
        {
            lock (_everything)
            {
                return string.Join('\n', _everything);
            }
        }
    }

    /// <summary>Installs the packages if need be and starts a script of this folder.</summary>
    public static async Task<NodeProcess> StartAsync(string script, params string[] arguments)
    {
        var folder = Folder();
        await InstallAsync(folder);
        return new NodeProcess(Start("node", folder, [script, .. arguments]));
    }

    /// <summary>The rest of the next line on standard output that begins with the word and a blank.</summary>
    public async Task<string> WaitForAsync(string word, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (line.StartsWith(word + " ", StringComparison.Ordinal))
            {
                return line[(word.Length + 1)..];
            }
        }

        throw new InvalidOperationException($"The script ended without printing {word}:\n{Output}");
    }

    /// <summary>Waits for the script to end by itself, and gives its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Writes a line to the script's standard input.</summary>
    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends the script's standard input, on which it stops; kills it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(LongestStop);
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Received(string? line)
    {
        Remember(line);
        if (line is null)
        {
            _lines.Writer.TryComplete();
        }
        else
        {
            _lines.Writer.TryWrite(line);
        }
    }

    private void Remember(string? line)
    {
        if (line is not null)
        {
            lock (_everything)
            {
                _everything.Add(line);
            }
        }
    }

    private static async Task InstallAsync(string folder)
    {
        await Install.WaitAsync();
        try
        {
            if (installed || File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            {
                installed = true;
                return;
            }

            await using var npm = new NodeProcess(Start("npm", folder, ["ci", "--ignore-scripts", "--no-audit"]));
            using var limit = new CancellationTokenSource(LongestInstall);
            if (await npm.WaitForExitAsync(limit.Token) != 0)
            {
                throw new InvalidOperationException($"npm ci failed in {folder}:\n{npm.Output}");
            }

            installed = true;
        }
        finally
        {
            Install.Release();
        }
    }

    private static Process Start(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CoatLineMES.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "CoatLine.OpcUa.Tests", "interop");
            }
        }

        throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
