namespace CoatLine.Architecture.Tests.Fixtures.Client;

/// <summary>Deliberately broken: a client that knows a server, a socket and a file.</summary>
internal sealed class BrokenClient
{
    public Server.BrokenServer Server { get; } = new();

    public System.Net.Sockets.Socket? Socket { get; set; }

    public static string ReadSettings() => File.ReadAllText("settings");
}
