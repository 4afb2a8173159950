using System.Globalization;
using CoatLine.OpcUa;
using CoatLine.OpcUa.Server;

namespace CoatLine.Bench.OpcUa;

/// <summary>Our server with the nodes of the benchmark, in a process of its own.</summary>
internal static class BenchServer
{
    /// <param name="arguments">The folder of the certificates, and the shortest life of a channel's token in s, which
    /// may be left out.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var limits = new UaServerLimits();
        if (arguments is [_, var life])
        {
            limits = limits with
            {
                MinTokenLifetime = TimeSpan.FromSeconds(double.Parse(life, CultureInfo.InvariantCulture)),
            };
        }

        var space = new AddressSpace();
        var ns = space.AddNamespace(BenchNodes.NamespaceUri);
        var values = BenchNodes.Values(ns, BenchNodes.Count).Select(node => AddValue(space, node, DataTypeIds.Double))
            .ToArray();
        var changing = AddValue(space, BenchNodes.Changing(ns), DataTypeIds.Int32);
        changing.Set(Variant.Of(0), StatusCodes.Good, Now());
        foreach (var value in values)
        {
            value.Set(Variant.Of(0.0), StatusCodes.Good, Now());
        }

        var options = new UaServerOptions
        {
            ApplicationUri = Trust.ServerUri,
            Pki = Trust.ServerPki(arguments[0]),
            AllowInsecure = true,
            Limits = limits,
        };
        await using var server = new UaServer(options, space, TimeProvider.System);
        await server.StartAsync(CancellationToken.None);
        Console.WriteLine($"URL {server.EndpointUrl}");
        using var stopping = new CancellationTokenSource();
        var work = ChangeAsync(values, changing, stopping.Token);
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await stopping.CancelAsync();
        await work;
        return 0;
    }

    private static UaVariable AddValue(AddressSpace space, NodeId node, NodeId dataType)
    {
        var variable = new UaVariable(node, new QualifiedName(node.NamespaceIndex, node.ToString()), dataType)
        {
            AccessLevel = AccessLevels.CurrentRead | AccessLevels.CurrentWrite,
        };
        space.Add(variable, ObjectIds.ObjectsFolder, ReferenceTypeIds.Organizes);
        return variable;
    }

    private static async Task ChangeAsync(UaVariable[] values, UaVariable changing, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BenchNodes.ChangeInterval);
        try
        {
            for (var step = 1.0; await timer.WaitForNextTickAsync(cancellationToken); step++)
            {
                var count = changing.Value.Value.Get<int>();
                var now = Now();
                for (var i = 0; i < Math.Min(count, values.Length); i++)
                {
                    values[i].Set(Variant.Of(step), StatusCodes.Good, now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The benchmark is over.
        }
    }

    private static DateTime Now() => TimeProvider.System.GetUtcNow().UtcDateTime;
}
