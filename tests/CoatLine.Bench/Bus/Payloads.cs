using System.Text;

namespace CoatLine.Bench.Bus;

/// <summary>Event bodies as long as a fact usually is.</summary>
internal static class Payloads
{
    /// <summary>Octets of each.</summary>
    public const int Octets = 523;

    private const string Head = """
        {"specversion":"1.0","type":"coatline.bench.v1","source":"/l/1","datacontenttype":"application/json","data":"
        """;

    /// <summary>The body of one event; only the number in it differs.</summary>
    public static byte[] Of(long number)
    {
        string head = FormattableString.Invariant($"{Head}{number:000000000000} ");
        return Encoding.ASCII.GetBytes(head.PadRight(Octets - 2, 'x') + "\"}");
    }
}
