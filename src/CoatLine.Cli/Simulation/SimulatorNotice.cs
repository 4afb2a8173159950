using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoatLine.Cli.Simulation;

/// <summary>
/// How a simulator makes itself known in its data folder, <c>simulator.json</c>: written when its port is open, removed
/// when it ends by itself. A killed simulator leaves it behind, so a reader checks that the process lives.
/// </summary>
/// <param name="Pid">Process id.</param>
/// <param name="Url">OPC UA endpoint.</param>
/// <param name="Seed">Seed of everything that scatters.</param>
/// <param name="Speed">Line seconds per real second.</param>
internal sealed record SimulatorNotice(
    [property: JsonPropertyName("pid")] int Pid,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("seed")] int Seed,
    [property: JsonPropertyName("speed")] double Speed)
{
    public const string FileName = "simulator.json";

    /// <summary>The notice of a simulator whose process lives, or null.</summary>
    public static SimulatorNotice? ReadLiving(string directory)
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(directory, FileName));
            SimulatorNotice? notice = JsonSerializer.Deserialize<SimulatorNotice>(text);
            return notice is not null && IsAlive(notice.Pid) ? notice : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // No notice, or one that nobody finished: there is no simulator to find.
            return null;
        }
    }

    public void Write(string directory)
    {
        string path = Path.Combine(directory, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this) + "\n");
        File.Move(path + ".new", path, overwrite: true);
    }

    public static void Remove(string directory) => File.Delete(Path.Combine(directory, FileName));

    private static bool IsAlive(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
