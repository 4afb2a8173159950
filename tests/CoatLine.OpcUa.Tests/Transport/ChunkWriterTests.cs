using CoatLine.OpcUa.Transport;
using Microsoft.Extensions.Time.Testing;

namespace CoatLine.OpcUa.Tests.Transport;

/// <summary>Golden bytes of OPN and MSG worked out by hand from OPC 10000-6 §6.7.2.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ChunkWriterTests : IDisposable
{
    private static readonly TransportLimits Limits = new(8192, 8192, 20_000, 3);

    private readonly FakeTimeProvider time = new();
    private readonly MemoryStream stream = new();
    private readonly TokenRing tokens;
    private readonly ChunkWriter writer;

    public ChunkWriterTests()
    {
        tokens = new TokenRing(time, isServer: false);
        writer = new ChunkWriter(stream, Limits, tokens, NoSecurityPolicy.Instance, time);
    }

    public void Dispose()
    {
        writer.Dispose();
        stream.Dispose();
    }

    private void Open(uint tokenId = 7) => tokens.Install(new SecurityToken(
        5, tokenId, time.GetTimestamp(), TimeSpan.FromHours(1), NoSecurityPolicy.Instance, NoSecurityPolicy.Instance));

    [Test]
    public async Task Open_UnderPolicyNone_HasTheAsymmetricHeaderOfTheStandard()
    {
        await writer.SendOpenAsync(0, 1, new byte[] { 0xAA, 0xBB }, null, CancellationToken.None);
        Assert.That(Convert.ToHexString(stream.ToArray()), Is.EqualTo(
            "4F504E46" // OPN F
            + "51000000" // 81 bytes in all
            + "00000000" // no channel yet
            + "2F000000" // 47 bytes of policy URI
            + "687474703A2F2F6F7063666F756E646174696F6E2E6F72672F55412F5365637572697479506F6C696379234E6F6E65"
            + "FFFFFFFF" // no certificate
            + "FFFFFFFF" // no thumbprint
            + "01000000" // sequence number 1
            + "01000000" // request 1
            + "AABB"));
    }

    [Test]
    public async Task Message_AfterOpen_GoesOnWithTheNextSequenceNumber()
    {
        await writer.SendOpenAsync(0, 1, default, null, CancellationToken.None);
        Open();
        stream.SetLength(0);
        await writer.SendAsync(MessageType.Message, 2, new byte[] { 0xCC }, CancellationToken.None);
        Assert.That(Convert.ToHexString(stream.ToArray()), Is.EqualTo(
            "4D534746" + "19000000" + "05000000" + "07000000" + "02000000" + "02000000" + "CC"));
    }

    [Test]
    public async Task Renewal_DoesNotResetTheSequenceNumber()
    {
        Open();
        await writer.SendAsync(MessageType.Message, 1, new byte[1], CancellationToken.None);
        Open(tokenId: 8);
        stream.SetLength(0);
        await writer.SendAsync(MessageType.Message, 2, new byte[1], CancellationToken.None);
        Assert.That(
            Convert.ToHexString(stream.ToArray(), 8, 16),
            Is.EqualTo("05000000" + "08000000" + "02000000" + "02000000"));
    }

    [Test]
    public async Task Message_OverTheBufferSize_IsCutIntoNumberedChunks()
    {
        Open();
        var body = Enumerable.Range(0, 20_000).Select(i => (byte)i).ToArray();
        await writer.SendAsync(MessageType.Message, 9, body, CancellationToken.None);
        var receiver = new ChannelReceiver(Limits, tokens);
        var bytes = stream.ToArray();
        var kinds = "";
        ReceivedMessage? message = null;
        for (var at = 0; at < bytes.Length;)
        {
            var header = ChunkHeader.Read(bytes.AsSpan(at));
            kinds += (char)header.Chunk;
            message = receiver.Take(bytes.AsMemory(at, (int)header.Size));
            at += (int)header.Size;
        }

        Assert.That(kinds, Is.EqualTo("CCF"));
        Assert.That(message!.Value.Body.ToArray(), Is.EqualTo(body));
    }

    [Test]
    public void Message_OverThePeersSize_IsRefusedBeforeAnythingIsSent()
    {
        Open();
        Assert.That(
            async () => await writer.SendAsync(MessageType.Message, 1, new byte[20_001], CancellationToken.None),
            Throws.TypeOf<UaException>().With.Property("Status").EqualTo(StatusCodes.BadEncodingLimitsExceeded));
        Assert.That(stream.Length, Is.Zero);
    }
}
