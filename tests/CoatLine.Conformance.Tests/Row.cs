namespace CoatLine.Conformance.Tests;

/// <summary>One row of the matrix: which client stack talks to which server, and how secured.</summary>
/// <param name="Stack">The stack under the port.</param>
/// <param name="Server">The server.</param>
/// <param name="Security">Policy and mode.</param>
public sealed record Row(Stack Stack, ServerKind Server, LineSecurity Security)
{
    /// <summary>Every row that this build can run.</summary>
    public static IEnumerable<TestFixtureData> All => Rows(LineSecurity.All);

    /// <summary>None, and the strongest: for what takes long, such as a server that starts anew.</summary>
    public static IEnumerable<TestFixtureData> PlainAndStrongest => Rows([LineSecurity.None, LineSecurity.Strongest]);

    /// <summary>Only the strongest: for what depends on no policy.</summary>
    public static IEnumerable<TestFixtureData> Strongest => Rows([LineSecurity.Strongest]);

    /// <summary>The stacks that this build has.</summary>
    public static IReadOnlyList<Stack> Stacks { get; } =
#if OPC_FOUNDATION
        [Stack.Own, Stack.Foundation];
#else
        [Stack.Own];
#endif

    /// <summary>For the names of the tests.</summary>
    public override string ToString() => $"{Stack} to {Server}, {Security}";

    private static IEnumerable<TestFixtureData> Rows(IReadOnlyList<LineSecurity> securities) =>
        from stack in Stacks
        from server in Enum.GetValues<ServerKind>()
        from security in securities
        select Fixture(new Row(stack, server, security));

    private static TestFixtureData Fixture(Row row) => new TestFixtureData(row).SetArgDisplayNames(row.ToString());
}

/// <summary>A client stack under the connection port.</summary>
public enum Stack
{
    /// <summary>CoatLine.OpcUa.</summary>
    Own,

    /// <summary>The OPC Foundation's .NET stack; only where this was built with it.</summary>
    Foundation,
}

/// <summary>A server to run against.</summary>
public enum ServerKind
{
    /// <summary>The server core of CoatLine.OpcUa.</summary>
    Own,

    /// <summary>node-opcua.</summary>
    NodeOpcua,
}
