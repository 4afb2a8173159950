using System.Net;
using System.Net.Sockets;

namespace CoatLine.Servers;

/// <summary>A port of the loopback that nobody has at this moment.</summary>
internal static class FreePort
{
    /// <summary>Asks the system for one. Somebody may take it before it is used: then a server's start fails and is
    /// tried with another.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
