using System.CommandLine;
using CoatLine.Cli.Simulation;

namespace CoatLine.Cli.Commands;

/// <summary><c>coatline sim run</c>: the simulated line in a process of its own.</summary>
internal static class SimRunCommand
{
    public static Command Create(TimeProvider real)
    {
        Option<int> port = new("--port")
        {
            Description = "TCP port on 127.0.0.1; 0 takes a free one",
            DefaultValueFactory = static _ => 4840,
            HelpName = "P",
        };
        port.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError($"--port must be 0 to 65535, not {result.Tokens[0].Value}");
            }
        });
        Option<int> seed = new("--seed")
        {
            Description = "Seed of everything that scatters",
            DefaultValueFactory = static _ => SimulatorProcess.DefaultSeed,
            HelpName = "N",
        };
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
        Option<double?> idle = new("--end-when-idle")
        {
            Description = "End after this many real seconds without a client",
            HelpName = "S",
        };
        idle.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<double?>() is not > 0)
            {
                result.AddError("--end-when-idle must be above 0 seconds");
            }
        });
        Option<bool> detached = new("--detached") { Hidden = true };

        Command command = new("run", "Serve the simulated line over OPC UA until Ctrl-C")
        {
            port, speed, seed, data, log, idle, detached,
        };
        command.SetAction((parsed, cancellationToken) => SimulatorHost.RunAsync(
            new SimulatorSettings
            {
                Port = parsed.GetValue(port),
                Seed = parsed.GetValue(seed),
                Speed = parsed.GetValue(speed),
                DataDirectory = parsed.GetValue(data)?.FullName,
                LogFile = parsed.GetValue(log)?.FullName,
                Detached = parsed.GetValue(detached),
                EndWhenIdle = parsed.GetValue(idle) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            },
            real,
            cancellationToken));
        return command;
    }
}
