using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>Where the answer to a request goes.</summary>
/// <param name="Channel">The channel on which the request came.</param>
/// <param name="RequestId">Its number on the channel.</param>
/// <param name="RequestHandle">The client's number for it.</param>
/// <param name="MaxOctets">Largest response that the session's client takes; 0 for no limit.</param>
internal readonly record struct ReplyAddress(
    ServerChannel Channel, uint RequestId, uint RequestHandle, uint MaxOctets = 0)
{
    /// <summary>Largest response that arrives: what the session takes and what the channel takes.</summary>
    public long MostOctets => Math.Min(MaxOctets == 0 ? long.MaxValue : MaxOctets, Channel.MostOctets);
}

/// <summary>Stamps, encodes and sends responses.</summary>
internal static class Reply
{
    /// <summary>Sends a response. One that is too large for the client is replaced by the fault BadResponseTooLarge; a
    /// connection that is gone is nobody's loss.</summary>
    public static async ValueTask SendAsync(ReplyAddress address, IUaResponse response, TimeProvider time)
    {
        response.ResponseHeader = response.ResponseHeader with
        {
            RequestHandle = address.RequestHandle,
            Timestamp = time.GetUtcNow().UtcDateTime,
        };
        try
        {
            using var encoder = new UaEncoder();
            UaMessages.Write(encoder, response);
            if (address.MaxOctets != 0 && response is not ServiceFault && encoder.Length > address.MaxOctets)
            {
                throw new UaException(
                    StatusCodes.BadEncodingLimitsExceeded,
                    $"A response of {encoder.Length} bytes is over the session's limit of {address.MaxOctets} bytes");
            }

            await address.Channel.SendAsync(address.RequestId, encoder.WrittenMemory);
        }
        catch (UaException failure) when (response is not ServiceFault)
        {
            var isTooLarge = failure.Status == StatusCodes.BadEncodingLimitsExceeded;
            await SendAsync(address, Fault(isTooLarge ? StatusCodes.BadResponseTooLarge : failure.Status), time);
        }
        catch (UaException)
        {
            // Not even a fault fits into what this client takes: there is no way to talk to it.
            address.Channel.Dispose();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The receive loop of the channel sees the same and cleans up.
        }
    }

    public static ServiceFault Fault(StatusCode status) =>
        new() { ResponseHeader = new ResponseHeader { ServiceResult = status } };
}
