using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace CoatLine.System.Tests;

/// <summary>The answer of a <c>coatline</c> process that has ended.</summary>
internal sealed record Answer(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public override string ToString() => $"exit {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Errors}";
}

/// <summary>Runs the real program, as a person's shell would, in a process of its own.</summary>
internal static class Coatline
{
    /// <summary>No command of these tests may take longer (real time).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "coatline.dll");

    public static ProcessStartInfo StartInfo(params string[] arguments) => new("dotnet", [Program, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        WorkingDirectory = AppContext.BaseDirectory,
    };

    public static Task<Answer> RunAsync(params string[] arguments) => RunAsync(StartInfo(arguments));

    public static async Task<Answer> RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using CancellationTokenSource patience = new(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new Answer(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("coatline-system-").FullName;

    public string File(string name) => global::System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
