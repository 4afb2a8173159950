using CoatLine.Bench.OpcUa;

namespace CoatLine.Bench.Engine;

/// <summary>Measures the batch engine: a restart with a long past, and how soon a request follows a completion.
/// </summary>
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

        Console.WriteLine(OpcUaBench.Machine());
        return 0;
    }
}
