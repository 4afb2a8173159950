using CoatLine.OpcUa;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.Faults.OpcUa;

/// <summary>Frames under the keys of a token, in every policy and mode. One that was altered and is taken all the same
/// is a forgery. The first octet of an input says under which keys it is opened.</summary>
internal static class SecuredTargets
{
    private static readonly (SymmetricProtection Send, SymmetricProtection Receive)[] Keys =
    [
        .. from policy in UaSecurityPolicy.Secured
           from mode in (MessageSecurityMode[])[MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt]
           select (Derive(policy, mode, isSender: true), Derive(policy, mode, isSender: false)),
    ];

    private static readonly byte[][] Frames = [.. Enumerable.Range(0, Keys.Length * 3).Select(Frame)];

    public static IEnumerable<Target> All() =>
    [
        new("secured frame", 8, Frames, Open) { Make = Altered },
    ];

    /// <summary>Policies that differ in their asymmetric part alone make the same keys of the same nonces, so each has
    /// nonces of its own here.</summary>
    private static SymmetricProtection Derive(UaSecurityPolicy policy, MessageSecurityMode mode, bool isSender)
    {
        var nonce = System.Text.Encoding.ASCII.GetBytes($"{policy.Name} {mode}".PadRight(policy.NonceOctets));
        return SymmetricProtection.Derive(policy, mode, nonce, nonce, isSender);
    }

    private static byte[] Frame(int number)
    {
        var keys = number % Keys.Length;
        var body = SampleMessages.Requests[number];
        var frame = new byte[body.Length + 200];
        body.CopyTo(frame.AsSpan(ChunkSeal.SymmetricHeaderLength + ChunkSeal.SequenceHeaderLength));
        var length = ChunkSeal.Close(
            frame, new ChunkHeader(MessageType.Message, ChunkType.Final, 0), ChunkSeal.SymmetricHeaderLength,
            body.Length, Keys[keys].Send);
        return [(byte)keys, .. frame.AsSpan(0, length)];
    }

    /// <summary>The first octet stays, or most inputs would only show that other keys do not fit.</summary>
    private static byte[] Altered(Chance chance)
    {
        var seed = chance.Pick(Frames);
        var keys = chance.OnceIn(20) ? (byte)chance.Below(Keys.Length) : seed[0];
        return [keys, .. Mutation.Of(seed.AsSpan(1), Frames, chance)];
    }

    private static Outcome Open(byte[] input)
    {
        var frame = input.AsMemory(1);
        var sent = frame.ToArray();
        if (frame.Length < ChunkSeal.SymmetricHeaderLength)
        {
            return default;
        }

        ChunkSeal.Open(frame, ChunkSeal.SymmetricHeaderLength, Keys[input[0]].Receive);
        return Frames.Any(known => known[0] == input[0] && known.AsSpan(1).SequenceEqual(sent))
            ? default
            : throw new InvalidDataException("an altered frame was taken for a sound one");
    }
}
