using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Transport;

/// <summary>Padding, signature and encryption around a body, with a toy cipher in the sizes of the real policies.
/// </summary>
internal sealed class ChunkSealTests
{
    private const int HeaderLength = ChunkSeal.SymmetricHeaderLength;

    private static readonly object[] Protections =
    [
        NoSecurityPolicy.Instance,
        new ToyProtection(32, 16, 16, 1),
        new ToyProtection(256, 190, 256, 1),
        new ToyProtection(512, 470, 512, 2),
        new ToyProtection(32, 1, 1, 0),
    ];

    [TestCaseSource(nameof(Protections))]
    public void Open_OfAClosedChunk_GivesBackBodiesOfEveryLength(object sealing)
    {
        var protection = (IChunkProtection)sealing;
        for (var length = 0; length < 1100; length++)
        {
            var chunk = Close(protection, length);
            var opened = ChunkSeal.Open(chunk, HeaderLength, protection);
            Assert.That(opened.Body.Length, Is.EqualTo(length));
            Assert.That(opened.Body.Span.IndexOfAnyExcept((byte)0x5A), Is.EqualTo(-1));
            Assert.That(ChunkHeader.Read(chunk.Span).Size, Is.EqualTo(chunk.Length));
        }
    }

    [TestCaseSource(nameof(Protections))]
    public void MaxBody_OfABuffer_FitsAndOneMoreDoesNot(object sealing)
    {
        var protection = (IChunkProtection)sealing;
        var most = ChunkSeal.MaxBody(8192, HeaderLength, protection);
        Assert.That(Close(protection, most).Length, Is.LessThanOrEqualTo(8192));
        Assert.That(Close(protection, most + 1).Length, Is.GreaterThan(8192));
    }

    [Test]
    public void Open_OfAChangedChunk_FailsTheSecurityChecks()
    {
        var protection = new ToyProtection(32, 16, 16, 1);
        var chunk = Close(protection, 100);
        chunk.Span[HeaderLength + 20] ^= 1;
        Assert.That(
            () => ChunkSeal.Open(chunk, HeaderLength, protection),
            Throws.TypeOf<UaException>().With.Property("Status").EqualTo(StatusCodes.BadSecurityChecksFailed));
    }

    [Test]
    public void Open_OfAChunkWithoutSequenceHeader_FailsTheSecurityChecks() => Assert.That(
        () => ChunkSeal.Open(new byte[HeaderLength + 7], HeaderLength, NoSecurityPolicy.Instance),
        Throws.TypeOf<UaException>().With.Property("Status").EqualTo(StatusCodes.BadSecurityChecksFailed));

    private static Memory<byte> Close(IChunkProtection protection, int bodyLength)
    {
        var buffer = new byte[16_384];
        buffer.AsSpan(HeaderLength + ChunkSeal.SequenceHeaderLength, bodyLength).Fill(0x5A);
        var header = new ChunkHeader(MessageType.Message, ChunkType.Final, 0);
        return buffer.AsMemory(0, ChunkSeal.Close(buffer, header, HeaderLength, bodyLength, protection));
    }

    /// <summary>Signs with a running sum and encrypts by moving blocks apart.</summary>
    private sealed class ToyProtection(int signature, int plain, int cipher, int paddingBytes) : IChunkProtection
    {
        public int SignatureSize => signature;

        public int PlainBlockSize => plain;

        public int CipherBlockSize => cipher;

        public int PaddingSizeBytes => paddingBytes;

        public void Sign(ReadOnlySpan<byte> data, Span<byte> destination)
        {
            byte sum = 1;
            foreach (var b in data)
            {
                sum = (byte)((sum * 31) + b);
            }

            destination.Fill(sum);
        }

        public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> given)
        {
            var expected = new byte[signature];
            Sign(data, expected);
            return given.SequenceEqual(expected);
        }

        public void Encrypt(Span<byte> buffer, int plainLength)
        {
            for (var block = (plainLength / plain) - 1; block >= 0; block--)
            {
                buffer.Slice(block * plain, plain).CopyTo(buffer[(block * cipher)..]);
            }
        }

        public int Decrypt(Span<byte> buffer)
        {
            var blocks = buffer.Length / cipher;
            for (var block = 0; block < blocks; block++)
            {
                buffer.Slice(block * cipher, plain).CopyTo(buffer[(block * plain)..]);
            }

            return blocks * plain;
        }

        public override string ToString() => $"signature {signature}, blocks {plain} to {cipher}";
    }
}
