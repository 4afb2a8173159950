using System.Globalization;
using CoatLine.Faults.Bus;
using CoatLine.Faults.Engine;
using CoatLine.Faults.OpcUa;

// Exit codes: 0 nothing found, 1 something found, 2 wrong usage.
const string usage = """
    Usage: faults opcua [--inputs N] [--seed S] [--input I]
      --inputs N   how many inputs to run, 1 or more; 1000000 unless given
      --seed S     number from which the inputs follow, 0 or more; 1 unless given
      --input I    runs this one input of the seed and shows it
    Usage: faults engine [--seeds N] [--seed S] [--processes N] [--process-seed S] [--program FILE]
      --seeds N         how many random schedules to run after the sweeps; 1000 unless given, 0 for no sweeps either
      --seed S          runs the one schedule of this seed again and shows it
      --processes N     how many batches the real program makes while it is killed, 0 or more; 20 unless given
      --process-seed S  runs the one schedule of kills of this seed again
      --program FILE    coatline.dll, without which no real process is run
    Usage: faults bus [--only WORDS] [--seeds N] [--seed S] [--simulated-only]
      --only WORDS      only faults whose name has these words in it
      --seeds N         how many random schedules to simulate after that; 20000 unless given, 0 for none
      --seed S          simulates the one schedule of this seed again and shows it
      --simulated-only  no broker and no database
    """;

if (args is ["engine", .. var engineOptions])
{
    return await EngineProgram.RunAsync(engineOptions, usage);
}

if (args is ["bus", .. var busOptions])
{
    return await BusProgram.RunAsync(busOptions, usage);
}

if (args is [Child.EdgeRole or Child.LedgerRole])
{
    return await Child.RunAsync(args[0]);
}

if (args is not ["opcua", .. var rest] || !TryOptions(rest, out var inputs, out var seed, out var only))
{
    Console.Error.WriteLine(usage);
    return 2;
}

var campaign = OpcUaFaults.Campaign(seed);
if (only is { } input)
{
    var (target, octets) = campaign.InputOf(input);
    Console.WriteLine($"{target.Name}, {octets.Length} octets:\n{Convert.ToHexString(octets)}");
}

var result = only is { } one ? campaign.Run(one, one + 1) : campaign.Run(0, inputs);
foreach (var line in result.Lines())
{
    Console.WriteLine(line);
}

foreach (var finding in result.Findings)
{
    Console.WriteLine($"\nFOUND with seed {seed}: {finding}");
    Console.WriteLine($"again: ./ops/faults opcua --seed {seed} --input {finding.Input}");
}

return result.Findings.Count == 0 ? 0 : 1;

static bool TryOptions(string[] options, out long inputs, out ulong seed, out long? only)
{
    (inputs, seed, only) = (OpcUaFaults.DefaultInputs, OpcUaFaults.DefaultSeed, null);
    for (var i = 0; i < options.Length; i += 2)
    {
        if (i + 1 == options.Length
            || !long.TryParse(options[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        switch (options[i])
        {
            case "--inputs" when number > 0:
                inputs = number;
                break;
            case "--seed":
                seed = (ulong)number;
                break;
            case "--input":
                only = number;
                break;
            default:
                return false;
        }
    }

    return true;
}
