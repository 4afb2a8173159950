using System.Net;
using System.Net.Sockets;

namespace CoatLine.OpcUa.Server;

/// <summary>Opens the listening socket, with failures in words for people.</summary>
internal static class Listening
{
    /// <summary>Connections that the operating system keeps until they are accepted.</summary>
    private const int Backlog = 64;

    public static Socket Open(string host, int port)
    {
        var address = Resolve(host);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new IOException(Sentence(failure.SocketErrorCode, host, port), failure);
        }
    }

    private static IPAddress Resolve(string host)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return address;
        }

        try
        {
            return Dns.GetHostAddresses(host)[0];
        }
        catch (SocketException failure)
        {
            throw new IOException($"The host name '{host}' cannot be resolved; listen on an address instead.", failure);
        }
    }

    private static string Sentence(SocketError error, string host, int port) => error switch
    {
        SocketError.AddressAlreadyInUse =>
            $"Port {port} on {host} is taken by another program; stop it or choose another port.",
        SocketError.AccessDenied =>
            $"Port {port} on {host} may not be opened by this user; choose a port from 1024 up.",
        SocketError.AddressNotAvailable =>
            $"{host} is not an address of this machine; listen on 127.0.0.1 or 0.0.0.0.",
        _ => $"Port {port} on {host} cannot be opened: {error}.",
    };
}
