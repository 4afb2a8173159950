using CoatLine.Bench.OpcUa;
using CoatLine.Ledger.Postgres;
using CoatLine.Messaging;
using CoatLine.Servers;
using Npgsql;

namespace CoatLine.Bench.Bus;

/// <summary>Measures the way from journal to ledger beside what broker and database can do by themselves, on servers
/// that it starts for itself on this machine.</summary>
internal static class BusBench
{
    private const double OfSingle = 1.0;
    private const double OfSegments = 0.5;
    private const double OfUsual = 10;
    private const double P50Ms = 15;
    private const double P99Ms = 50;

    public static async Task<int> RunAsync(BusBenchOptions options)
    {
        Console.WriteLine(OpcUaBench.Machine());
        await using PrivatePostgres postgres = await PrivatePostgres.StartAsync();
        await using PrivateRabbit rabbit = await PrivateRabbit.StartAsync();
        string owner = postgres.Connection(await postgres.CreateDatabaseAsync());
        string folder = Directory.CreateTempSubdirectory("coatline-bench-").FullName;
        try
        {
            PostgresLayout.Migrate(owner);
            await RunAsync(options, owner, rabbit, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(OpcUaBench.Machine());
        return 0;
    }

    private static async Task RunAsync(BusBenchOptions options, string owner, PrivateRabbit rabbit, string folder)
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(owner);
        RabbitVhost vhost = rabbit.CreateVhost();
        var ours = new Ours(() => Options(rabbit, vhost), owner, folder, publishes: false);
        IPipeline[] pipelines =
        [
            new RawSingle(rabbit.CreateVhost().Uri(rabbit.Port), database),
            new RawSegments(rabbit.CreateVhost().Uri(rabbit.Port), database),
            new Naive(rabbit.CreateVhost().Uri(rabbit.Port), database),
            new Ours(() => Options(rabbit, vhost), owner, folder, publishes: true),
            ours,
        ];
        if (options.Wants("throughput"))
        {
            Throughput(pipelines, await ThroughputBench.RunAsync(pipelines, options), options, ours.EventOctets);
        }

        if (options.Wants("delay"))
        {
            Delays(pipelines, await ThroughputBench.DelaysAsync(pipelines, options));
        }

        if (options.Wants("parts"))
        {
            await PartsBench.RunAsync(owner, folder, options);
        }

        if (options.Wants("verify"))
        {
            await VerifyBench.RunAsync(owner, folder, options);
        }

        if (options.Wants("append"))
        {
            await AppendBench.RunAsync(owner, options);
        }
    }

    private static RabbitMqOptions Options(PrivateRabbit rabbit, RabbitVhost vhost) => new()
    {
        Host = PrivateRabbit.Host,
        Port = rabbit.Port,
        VirtualHost = vhost.Name,
        User = vhost.User,
        Password = vhost.Password,
    };

    private static void Throughput(IPipeline[] pipelines, double[] rates, BusBenchOptions options, int octets)
    {
        Console.WriteLine(ThroughputBench.Text(
            $"From recorded event to committed row, {options.Events} events of {Payloads.Octets} octets (ours ")
            + ThroughputBench.Text($"{octets}), median of {options.Rounds} rounds"));
        for (int i = 0; i < pipelines.Length; i++)
        {
            Console.WriteLine(ThroughputBench.Text(
                $"  {pipelines[i].Name,-40} {rates[i],10:0} events/s  ours is {rates[^1] / rates[i],6:0.00} x"));
        }

        Verdict("ours over raw single events", rates[^1] / rates[0], OfSingle);
        Verdict("ours over raw segments", rates[^1] / rates[1], OfSegments);
        Verdict("ours over the usual way", rates[^1] / rates[2], OfUsual);
    }

    private static void Delays(IPipeline[] pipelines, Flow[] flows)
    {
        Console.WriteLine("Delay from begin (ours: the journal's commit) to committed row at 100 events/s, ms");
        for (int i = 0; i < pipelines.Length; i++)
        {
            Console.WriteLine(ThroughputBench.Text(
                $"  {pipelines[i].Name,-40} p50 {Ms(flows[i], 0.5),7:0.00}  p99 {Ms(flows[i], 0.99),7:0.00}"));
        }

        Limit("p50 of ours, ms", Ms(flows[^1], 0.5), P50Ms);
        Limit("p99 of ours, ms", Ms(flows[^1], 0.99), P99Ms);
    }

    private static double Ms(Flow flow, double part) => flow.Delays.Quantile(part) / 1000;

    private static void Verdict(string what, double figure, double least) => Console.WriteLine(ThroughputBench.Text(
        $"target: {what} >= {least:0.00}: {figure:0.00}, {(figure >= least ? "met" : "MISSED")}"));

    private static void Limit(string what, double figure, double most) => Console.WriteLine(ThroughputBench.Text(
        $"target: {what} <= {most:0.00}: {figure:0.00}, {(figure <= most ? "met" : "MISSED")}"));
}
