using CoatLine.OpcUa;
using CoatLine.OpcUa.Services;

namespace CoatLine.Faults.OpcUa;

/// <summary>The decoder, over every message and over values. What it takes has to come out of the encoder so that it
/// reads the same again.</summary>
internal static class DecoderTargets
{
    private delegate T Reader<out T>(ref UaDecoder decoder);

    public static IEnumerable<Target> All() =>
    [
        new("request", 25, SampleMessages.Requests, static input => Decode(
            input,
            static (ref UaDecoder decoder) => UaMessages.ReadRequest(ref decoder),
            static (encoder, message) => UaMessages.Write(encoder, message),
            // Of an unknown request only the header is kept.
            static message => message is not UnknownRequest)),
        new("response", 20, SampleMessages.Responses, static input => Decode(
            input,
            static (ref UaDecoder decoder) => UaMessages.ReadResponse(ref decoder),
            static (encoder, message) => UaMessages.Write(encoder, message))),
        new("variant", 20, SampleMessages.Variants, static input => Decode(
            input,
            static (ref UaDecoder decoder) => decoder.ReadVariant(),
            static (encoder, value) => encoder.WriteVariant(value))),
        new("structure", 15, SampleMessages.Structures, static input => Decode(
            input,
            static (ref UaDecoder decoder) => decoder.ReadExtensionObject(),
            static (encoder, value) => encoder.WriteExtensionObject(value))),
    ];

    private static Outcome Decode<T>(
        byte[] input, Reader<T> read, Action<UaEncoder, T> write, Func<T, bool>? isWhole = null)
    {
        var decoder = new UaDecoder(input);
        var value = read(ref decoder);
        return new Outcome(
            StatusCodes.Good, isWhole?.Invoke(value) == false ? null : () => RoundTrip(value, read, write));
    }

    /// <summary>Octets are compared and not objects: equal octets are equal messages, NaN and all.</summary>
    private static string? RoundTrip<T>(T value, Reader<T> read, Action<UaEncoder, T> write)
    {
        var once = SampleMessages.Written(encoder => write(encoder, value));
        var decoder = new UaDecoder(once);
        var again = read(ref decoder);
        var twice = SampleMessages.Written(encoder => write(encoder, again));
        return decoder.Remaining > 0 ? $"{decoder.Remaining} octets of its own encoding are left over"
            : once.AsSpan().SequenceEqual(twice) ? null
            : "it does not decode to what was encoded";
    }
}
