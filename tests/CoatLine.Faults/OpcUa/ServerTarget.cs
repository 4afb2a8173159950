using CoatLine.OpcUa;
using CoatLine.OpcUa.Server;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.Faults.OpcUa;

/// <summary>A whole server behind one connection in memory, under a client that is decent most of the time.</summary>
internal static class ServerTarget
{
    private static readonly UaServerLimits Limits = new() { MaxSubscriptions = 3, MaxContinuationPoints = 2 };

    /// <summary>A notification that another thread is just sending may hold an answer up, but not for long.</summary>
    private static readonly TimeSpan LongestConnection = TimeSpan.FromSeconds(10);

    public static Target Get() => new("server", 3, [[0]], Run)
    {
        // The input is the number from which the client's behaviour follows; what it sends is counted by itself.
        Make = static chance => BitConverter.GetBytes(chance.Next()),
        FixedAllocation = 2 * 1024 * 1024,
    };

    private static Outcome Run(byte[] input)
    {
        var time = new FakeTimeProvider();
        var server = new UaServer(new UaServerOptions { Limits = Limits, AllowInsecure = true }, Space(), time);
        var chance = new Chance(BitConverter.ToUInt64(input));
        using var client = new HostileClient(
            chance, () => time.Advance(TimeSpan.FromMilliseconds(chance.OnceIn(20) ? 2000 : chance.Below(150))));
        if (!server.ServeAsync(client).Wait(LongestConnection))
        {
            throw new InvalidDataException("the server still waits though the connection is at its end");
        }

        var isClosed = client.IsClosed;
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return new Outcome(client.Refusal, () => client.Complaint
            ?? (isClosed ? null : "the connection was not closed"));
    }

    private static AddressSpace Space()
    {
        var space = new AddressSpace();
        Add("Writable", DataTypeIds.Double, -1, Variant.Of(1.0));
        Add("Array", DataTypeIds.Double, 1, Variant.Of([1.0, 2.0, 3.0]));
        return space;

        void Add(string name, NodeId type, int rank, Variant value)
        {
            var variable = new UaVariable(new NodeId(1, name), new QualifiedName(1, name), type)
            {
                ValueRank = rank, AccessLevel = AccessLevels.CurrentRead | AccessLevels.CurrentWrite,
            };
            variable.Set(value, StatusCodes.Good, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
            space.Add(
                variable, ObjectIds.ObjectsFolder, ReferenceTypeIds.Organizes, VariableTypeIds.BaseDataVariableType);
        }
    }
}
