using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Security;
using CoatLine.OpcUa.Services;
using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Security;

/// <summary>Both ends of a policy against each other, over the whole matrix of policies, modes and key lengths.
/// </summary>
internal sealed class SecuredPolicyTests
{
    private const int ChunkSize = 8192;

    private static readonly int[] Bits = [2048, 3072, 4096];

    private static IEnumerable<TestCaseData> Pairs() =>
        from policy in UaSecurityPolicy.Secured
        from client in Bits
        from server in Bits
        select new TestCaseData(policy, client, server);

    private static IEnumerable<TestCaseData> Modes() =>
        from policy in UaSecurityPolicy.Secured
        from mode in new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt }
        select new TestCaseData(policy, mode);

    [TestCaseSource(nameof(Pairs))]
    public void Open_BetweenKeysOfEveryLength_ArrivesWhole(UaSecurityPolicy policy, int clientBits, int serverBits)
    {
        var (client, server) = (Party.Of("client", clientBits), Party.Of("server", serverBits));
        using var sender = SecuredPeer.Between(client, server, policy);
        using var receiver = SecuredPeer.Between(server, client, policy);
        var header = new AsymmetricHeader(0, sender.Uri, sender.SenderCertificate, sender.ReceiverThumbprint);

        // Paddings of none, one, what a single size octet still holds, one more, and nearly a whole block.
        var seal = sender.AsymmetricSend;
        var rest = ChunkSeal.SequenceHeaderLength + seal.PaddingSizeBytes + seal.SignatureSize;
        foreach (var padding in new[] { 0, 1, 255, 256, seal.PlainBlockSize - 1 }.Where(p => p < seal.PlainBlockSize))
        {
            var length = (4 * seal.PlainBlockSize) - rest - padding;
            var frame = new byte[16_384];
            var headerLength = header.Write(frame);
            frame.AsSpan(headerLength + 8, length).Fill(0x5A);
            var open = new ChunkHeader(MessageType.OpenChannel, ChunkType.Final, 0);
            var size = ChunkSeal.Close(frame, open, headerLength, length, seal);
            receiver.CheckHeader(AsymmetricHeader.Read(frame.AsMemory(0, size), out var read));
            var opened = ChunkSeal.Open(frame.AsMemory(0, size), read, receiver.AsymmetricReceive);
            Assert.That(opened.Body.Length, Is.EqualTo(length));
            Assert.That(opened.Body.Span.IndexOfAnyExcept((byte)0x5A), Is.EqualTo(-1));
        }
    }

    [TestCaseSource(nameof(Modes))]
    public void Messages_OfEveryLength_ArriveInBothDirections(UaSecurityPolicy policy, MessageSecurityMode mode)
    {
        using var client = SecuredPeer.Between(Party.Client, Party.Server, policy);
        using var server = SecuredPeer.Between(Party.Server, Party.Client, policy);
        byte[] first = [.. Enumerable.Repeat((byte)1, 32)];
        byte[] second = [.. Enumerable.Repeat((byte)2, 32)];
        var ofClient = client.Derive(first, second, mode);
        var ofServer = server.Derive(second, first, mode);
        var most = ChunkSeal.MaxBody(ChunkSize, ChunkSeal.SymmetricHeaderLength, ofClient.Send);
        foreach (var length in Enumerable.Range(0, 70).Concat([most - 16, most - 1, most]))
        {
            Assert.That(Carry(ofClient.Send, ofServer.Receive, length), Is.LessThanOrEqualTo(ChunkSize));
            Carry(ofServer.Send, ofClient.Receive, length);
        }

        Assert.That(Carry(ofClient.Send, ofServer.Receive, most + 1), Is.GreaterThan(ChunkSize));
        Assert.That(
            () => Carry(ofClient.Send, ofClient.Receive, 10),
            Throws.TypeOf<UaException>().With.Property("Status").EqualTo(StatusCodes.BadSecurityChecksFailed),
            "the two directions have keys of their own");
    }

    [TestCaseSource(nameof(Modes))]
    public void Messages_OnceUnderWay_LeaveNextToNoGarbage(UaSecurityPolicy policy, MessageSecurityMode mode)
    {
        const int rounds = 1000;
        const int mostPerRound = 64;
        using var client = SecuredPeer.Between(Party.Client, Party.Server, policy);
        using var server = SecuredPeer.Between(Party.Server, Party.Client, policy);
        byte[] nonce = new byte[32];
        var send = client.Derive(nonce, nonce, mode).Send;
        var receive = server.Derive(nonce, nonce, mode).Receive;
        var buffer = new byte[ChunkSize];
        void Round()
        {
            var header = new ChunkHeader(MessageType.Message, ChunkType.Final, 0);
            var size = ChunkSeal.Close(buffer, header, ChunkSeal.SymmetricHeaderLength, 500, send);
            ChunkSeal.Open(buffer.AsMemory(0, size), ChunkSeal.SymmetricHeaderLength, receive);
        }

        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            Round();
        }

        var perRound = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)rounds;
        Assert.That(perRound, Is.LessThanOrEqualTo(mostPerRound), "bytes for a frame sealed and opened");
    }

    [Test]
    public void Key_ThatIsTooShort_IsRefused()
    {
        using var key = RSA.Create(1024);
        using var weak = new CertificateRequest(
            "CN=weak", key, HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var own = Party.Server.Own;
        Assert.That(
            () => new SecuredPolicy(UaSecurityPolicy.Basic256Sha256, own.Certificate, own.Chain, weak),
            Throws.TypeOf<UaException>().With.Property("Status").EqualTo(StatusCodes.BadCertificateInvalid));
    }

    private static int Carry(IChunkProtection from, IChunkProtection to, int length)
    {
        var frame = new byte[ChunkSize + 256];
        frame.AsSpan(ChunkSeal.SymmetricHeaderLength + 8, length).Fill(0x5A);
        var header = new ChunkHeader(MessageType.Message, ChunkType.Final, 0);
        var size = ChunkSeal.Close(frame, header, ChunkSeal.SymmetricHeaderLength, length, from);
        var opened = ChunkSeal.Open(frame.AsMemory(0, size), ChunkSeal.SymmetricHeaderLength, to);
        Assert.That(opened.Body.Length, Is.EqualTo(length));
        Assert.That(opened.Body.Span.IndexOfAnyExcept((byte)0x5A), Is.EqualTo(-1));
        return size;
    }
}
