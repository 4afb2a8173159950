using CoatLine.OpcUa;
using CoatLine.OpcUa.Services;

namespace CoatLine.Bench.OpcUa;

/// <summary>How many bytes the request and the response of a workload are on the wire.</summary>
internal static class WireSizes
{
    /// <summary>Message header, channel and token number, sequence header (OPC 10000-6 §6.7.2).</summary>
    private const int HeaderOctets = 24;

    private const int ClearOctets = 16;
    private const int SignatureOctets = 32;
    private const int Block = 16;
    private const int AuthenticationTokenOctets = 32;

    public static (int Request, int Response) Of(Workload workload, SecurityLevel security) =>
        (Secured(Length(Request(workload)), security), Secured(Length(Response(workload)), security));

    private static int Secured(int body, SecurityLevel security) => security switch
    {
        SecurityLevel.None => HeaderOctets + body,

        // What is encrypted is the sequence header, the body, the padding with its size, and the signature.
        _ => ClearOctets + (((HeaderOctets - ClearOctets + body + 1 + SignatureOctets + Block - 1) / Block) * Block),
    };

    private static IUaRequest Request(Workload workload)
    {
        var header = new RequestHeader
        {
            AuthenticationToken = new NodeId(0, new byte[AuthenticationTokenOctets]),
            Timestamp = DateTime.UnixEpoch,
        };
        return workload.Kind == WorkloadKind.Write
            ? new WriteRequest
            {
                RequestHeader = header,
                NodesToWrite = [WriteValue.Of(BenchNodes.Value(ns: 2, 0), Variant.Of(1.5))],
            }
            : new ReadRequest
            {
                RequestHeader = header,
                NodesToRead = [.. BenchNodes.Values(ns: 2, workload.Items).Select(node => ReadValueId.Of(node))],
            };
    }

    private static IUaResponse Response(Workload workload)
    {
        var header = new ResponseHeader { Timestamp = DateTime.UnixEpoch };
        var value = new DataValue(Variant.Of(1.5), StatusCodes.Good, DateTime.UnixEpoch, DateTime.UnixEpoch);
        return workload.Kind == WorkloadKind.Write
            ? new WriteResponse { ResponseHeader = header, Results = [StatusCodes.Good] }
            : new ReadResponse { ResponseHeader = header, Results = [.. Enumerable.Repeat(value, workload.Items)] };
    }

    private static int Length(IUaStructure message)
    {
        using var encoder = new UaEncoder();
        UaMessages.Write(encoder, message);
        return encoder.Length;
    }
}
