using System.Text;
using CoatLine.Simulator;
using CoatLine.Simulator.Faults;

namespace CoatLine.Cli.Simulation;

/// <summary>
/// How a person at the machine tells a running simulator what goes wrong: lines appended to a file of the data folder.
/// Each is a line of a scenario, or <c>clear</c> and a kind. What cannot be read was refused where it was typed.
/// </summary>
internal sealed class FaultInbox
{
    private const string FileName = "simulator-faults.txt";
    private const string ClearWord = "clear";

    private readonly string _path;
    private long _read;

    private FaultInbox(string path) => _path = path;

    /// <summary>Begins with an empty file: what an earlier simulator was told is no concern of this one.</summary>
    public static FaultInbox Begin(string folder)
    {
        var inbox = new FaultInbox(Path.Combine(folder, FileName));
        File.Delete(inbox._path);
        return inbox;
    }

    /// <summary>Tells the simulator of a folder to let something go wrong.</summary>
    public static void Put(string folder, ScheduledFault fault) => Append(folder, FaultFile.Write(fault));

    /// <summary>Tells the simulator of a folder that faults of a kind are over.</summary>
    public static void Clear(string folder, FaultKind kind) => Append(folder, $"{ClearWord} {kind}");

    /// <summary>Carries out what was told since the last time; half a line waits for its end.</summary>
    public void Pass(SimulatedLine line)
    {
        if (!File.Exists(_path))
        {
            return;
        }

        using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Min(_read, file.Length);
        byte[] fresh = new byte[Math.Min(file.Length - file.Position, FaultFile.MaxLength)];
        file.ReadExactly(fresh);
        int whole = Array.LastIndexOf(fresh, (byte)'\n') + 1;
        _read = file.Position - fresh.Length + whole;
        foreach (string command in Encoding.UTF8.GetString(fresh, 0, whole).Split('\n'))
        {
            Obey(line, command.Trim());
        }
    }

    private static void Obey(SimulatedLine line, string command)
    {
        if (command.Split(' ') is [ClearWord, var kind] && Enum.TryParse(kind, out FaultKind cleared))
        {
            line.Clear(cleared);
            return;
        }

        foreach (ScheduledFault fault in FaultFile.Read(command).Faults)
        {
            try
            {
                line.Inject(fault);
            }
            catch (ArgumentException e)
            {
                Console.Error.WriteLine($"'{command}' is not played: {e.Message}");
            }
        }
    }

    private static void Append(string folder, string command) =>
        File.AppendAllText(Path.Combine(folder, FileName), command + "\n");
}
