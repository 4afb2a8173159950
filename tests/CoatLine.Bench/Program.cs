using CoatLine.Bench.Bus;
using CoatLine.Bench.Engine;
using CoatLine.Bench.OpcUa;

// Exit codes: 0 measured, 1 something did not work, 2 wrong usage. A target that is missed is no failure: it is told.
const string usage = """
    Usage: bench opcua [--quick] [--seconds S] [--rounds N] [--only WORDS] [--no-node] [--json FILE]
           bench opcua --token-life S [--seconds S] [--json FILE]
      --quick          one short look: 3 rounds of 0.1 s
      --seconds S      how long each thing is measured, over all rounds; 2.5 unless given
      --rounds N       how many rounds the time is cut into; 5 unless given; the figures are their medians
      --only WORDS     only workloads whose name holds one of these words, comma between them
      --no-node        leaves node-opcua out, which needs node and npm
      --json FILE      writes every figure of every round there
      --token-life S   instead of the table: reads at full load while the channel's token lives that long,
                       and counts requests that were sent, answered and lost; 60 s unless --seconds is given
    Usage: bench engine [--events N] [--phases N] [--folder DIR] [--only WORDS]
      --events N       past events of the largest journal, 1000 to 10000000; 1000000 unless given (2 GB of disk)
      --phases N       phases in a row whose reaction time is taken; 300 unless given
      --folder DIR     where journals are made: the disk that is measured; the system's temporary folder unless given
      --only WORDS     restart, reaction, two-batches; comma between them
    Usage: bench bus [--events N] [--rounds N] [--seconds S] [--rows N] [--only WORDS]
      --events N       events of a run, 1000 to 1000000; 40000 unless given
      --rounds N       rounds that count, 1 to 100; 5 unless given; the figures are their medians
      --seconds S      how long 100 events a second trickle, for the delays; 20 unless given
      --rows N         rows of the longest table that is appended to; 10000000 unless given (10 GB of disk)
      --only WORDS     throughput, delay, verify, append; comma between them
    """;

switch (args)
{
    case ["opcua", .. var rest] when BenchOptions.TryParse(rest) is { } options:
        return await OpcUaBench.RunAsync(options);
    case ["engine", .. var rest] when EngineBenchOptions.TryParse(rest) is { } options:
        return await EngineBench.RunAsync(options);
    case ["bus", .. var rest] when BusBenchOptions.TryParse(rest) is { } options:
        return await BusBench.RunAsync(options);
    case [ReadyProbe.Command, var folder, var what]:
        return await ReadyProbe.RunAsync(folder, what == "host");
    case ["opcua-server", .. var rest]:
        return await BenchServer.RunAsync(rest);
    case ["floor-server"]:
        return await FloorServer.RunAsync();
    default:
        Console.Error.WriteLine(usage);
        return 2;
}
