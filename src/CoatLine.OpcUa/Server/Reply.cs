using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Server;

/// <summary>Where the answer to a request goes.</summary>
internal readonly record struct ReplyAddress(ServerChannel Channel, uint RequestId, uint RequestHandle);

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
            await address.Channel.SendAsync(address.RequestId, encoder.WrittenMemory);
        }
        catch (UaException failure) when (response is not ServiceFault)
        {
            var isTooLarge = failure.Status == StatusCodes.BadEncodingLimitsExceeded;
            await SendAsync(address, Fault(isTooLarge ? StatusCodes.BadResponseTooLarge : failure.Status), time);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The receive loop of the channel sees the same and cleans up.
        }
    }

    public static ServiceFault Fault(StatusCode status) =>
        new() { ResponseHeader = new ResponseHeader { ServiceResult = status } };
}
