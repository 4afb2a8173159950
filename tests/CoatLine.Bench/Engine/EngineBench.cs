using CoatLine.Bench.OpcUa;

namespace CoatLine.Bench.Engine;

/// <summary>Measures the batch engine: a restart with a long past, how soon a request follows a completion, what two
/// batches at once save.</summary>
internal static class EngineBench
{
    public static async Task<int> RunAsync(EngineBenchOptions options)
    {
        Console.WriteLine(OpcUaBench.Machine());
        if (options.Wants("restart"))
        {
            await RestartBench.RunAsync(options);
        }

        if (options.Wants("reaction"))
        {
            Console.WriteLine();
            await ReactionBench.RunAsync(options);
        }

        if (options.Wants("two-batches"))
        {
            Console.WriteLine();
            await TwoBatchesBench.RunAsync(options);
        }

        Console.WriteLine(OpcUaBench.Machine());
        return 0;
    }
}
