using System.Globalization;

namespace CoatLine.Bench.OpcUa;

/// <summary>
/// Measures in rounds: in each the floor first and then every contender, so that a machine which is busy for a while
/// is busy for all of them. One round before is not counted, since the runtime compiles in it.
/// </summary>
internal static class OpcUaBench
{
    public const string Ours = "ours";

    /// <summary>A round in which a subscription is watched is at least this long.</summary>
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(700);

    public static async Task<int> RunAsync(BenchOptions options)
    {
        if (options.TokenLife is { } life)
        {
            return await TokenLife.RunAsync(life, options);
        }

        await using var floorServer = ChildProcess.OfThisProgram("floor-server");
        using var trust = new Trust();
        await using var server = ChildProcess.OfThisProgram("opcua-server", trust.Root);
        var port = int.Parse(await floorServer.WaitForAsync("PORT"), CultureInfo.InvariantCulture);
        var url = await server.WaitForAsync("URL");
        await using var plain = new OurClient(Ours, url, SecurityLevel.None, BenchNodes.Count);
        await using var basic = new OurClient(
            Ours, url, SecurityLevel.Basic256Sha256, BenchNodes.Count, trust.Client);
        await using var aes = new OurClient(
            Ours, url, SecurityLevel.Aes256_Sha256_RsaPss, BenchNodes.Count, trust.Client);
        await using var node = options.WithNode ? await NodeContenders.StartAsync(url) : null;

        // The floor of a contender is the one with the sizes of its security.
        FloorClient[] floors =
            [new FloorClient(port, SecurityLevel.None), new FloorClient(port, SecurityLevel.Basic256Sha256)];
        IContender[] contenders = [floors[0], plain, floors[1], basic, aes, .. node?.All ?? []];

        Console.WriteLine(Machine());
        var rows = new List<Row>();
        foreach (var workload in Workload.All.Where(w => IsWanted(w, options)))
        {
            await Console.Error.WriteLineAsync($"{workload.Name} …");
            rows.AddRange(await MeasureAsync(workload, contenders, options));
        }

        foreach (var line in Report.Table(rows))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine();
        foreach (var target in Target.All)
        {
            Console.WriteLine(target.Verdict(rows));
        }

        Console.WriteLine(Machine());
        if (options.JsonFile is { } file)
        {
            await Report.WriteJsonAsync(file, rows);
        }

        return 0;
    }

    /// <summary>What else the machine was doing, as far as it tells.</summary>
    public static string Machine()
    {
        const string file = "/proc/loadavg";
        var load = File.Exists(file) ? string.Join(' ', File.ReadAllText(file).Split(' ')[..3]) : "unknown";
        return $"{Environment.ProcessorCount} processors, load {load}, .NET {Environment.Version}";
    }

    private static bool IsWanted(Workload workload, BenchOptions options) =>
        options.Only.Length == 0
        || options.Only.Any(word => workload.Name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static async Task<IEnumerable<Row>> MeasureAsync(
        Workload workload, IContender[] all, BenchOptions options)
    {
        var samples = all.Select(_ => new List<Sample>()).ToArray();
        var slice = workload.Kind == WorkloadKind.Monitored && options.Slice < ShortestWatch
            ? ShortestWatch
            : options.Slice;
        for (var round = -1; round < options.Rounds; round++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                var time = round >= 0 || options.Slice > WarmUp ? slice : WarmUp;
                if (await all[i].RunAsync(workload, time) is { } sample && round >= 0)
                {
                    samples[i].Add(sample);
                }
            }
        }

        return all.Index().Where(one => samples[one.Index].Count > 0).Select(one => new Row(
            workload, one.Item.Name, one.Item.Security, [.. samples[one.Index]],
            [.. samples[FloorOf(one.Item)]]));

        int FloorOf(IContender contender) => Array.FindIndex(
            all, floor => floor is FloorClient && floor.Security.IsEncrypted() == contender.Security.IsEncrypted());
    }
}
