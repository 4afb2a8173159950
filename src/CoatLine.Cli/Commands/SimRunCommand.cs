using System.CommandLine;
using CoatLine.Cli.Simulation;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline sim run</c>: the simulated line in a process of its own.</summary>
internal static class SimRunCommand
{
    public static Command Create(TimeProvider real)
    {
        Option<int> port = CommonOptions.Number("--port", "TCP port on 127.0.0.1 (0: a free one)", 4840, 0, 65535);
        Option<int> seed = CommonOptions.Number(
            "--seed", "Seed of everything that scatters", SimulatorProcess.DefaultSeed, 0, int.MaxValue);
        Option<double> speed = CommonOptions.Speed(1);
        Option<DirectoryInfo?> data = new("--data")
        {
            Description = "Data folder: takes the line clock from it, and announces itself in it",
            HelpName = "DIR",
        };
        Option<FileInfo?> log = new("--log")
        {
            Description = "Machine log of what physically ran, JSON lines (with --data: DIR/simulator-log.jsonl)",
            HelpName = "FILE",
        };
        Option<double> idle = CommonOptions.Number(
            "--end-when-idle", "End after this many real seconds without a client (0: never)", 0d, 0d, 86400d);
        Option<DirectoryInfo?> pki = new("--pki")
        {
            Description = "Certificate store of the simulator (default: pki/simulator in the data folder)",
            HelpName = "DIR",
        };
        Option<bool> insecure = new("--allow-insecure")
        {
            Description = "Let clients connect without security too",
        };
        Option<FileInfo?> faults = SimFaultCommand.File();
        Option<bool> detached = new("--detached") { Hidden = true };

        Command command = new("run", "Serve the simulated line over OPC UA until Ctrl-C")
        {
            port, speed, seed, data, log, idle, pki, insecure, faults, detached,
        };
        command.SetAction((parsed, cancellationToken) => SimulatorHost.RunAsync(
            new SimulatorSettings
            {
                Port = parsed.GetValue(port),
                Seed = parsed.GetValue(seed),
                Speed = parsed.GetValue(speed),
                DataDirectory = parsed.GetValue(data)?.FullName,
                LogFile = parsed.GetValue(log)?.FullName,
                PkiDirectory = parsed.GetValue(pki)?.FullName ?? SimulatorTrust.Below(
                    parsed.GetValue(data)?.FullName ?? Path.GetFullPath(CommonOptions.DefaultDataFolder)),
                AllowInsecure = parsed.GetValue(insecure),
                Faults = SimFaultCommand.Read(parsed.GetValue(faults)),
                Detached = parsed.GetValue(detached),
                EndWhenIdle = parsed.GetValue(idle) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            },
            real,
            cancellationToken));
        return command;
    }
}
