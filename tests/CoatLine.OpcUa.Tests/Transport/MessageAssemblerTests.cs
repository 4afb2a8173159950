using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Transport;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MessageAssemblerTests
{
    private readonly MessageAssembler assembler = new(TransportLimits.Default with
    {
        MaxMessageSize = 10,
        MaxChunkCount = 3,
    });

    private ReceivedMessage? Add(ChunkType chunk, uint request, params byte[] body) =>
        assembler.Add(chunk, new OpenedChunk(0, request, body));

    [Test]
    public void Chunks_OfTwoInterleavedMessages_AreJoinedEachForItself()
    {
        Assert.That(Add(ChunkType.Intermediate, 1, 1, 2), Is.Null);
        Assert.That(Add(ChunkType.Intermediate, 2, 9), Is.Null);
        Assert.That(Add(ChunkType.Final, 1, 3)!.Value.Body.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(Add(ChunkType.Final, 2, 8)!.Value.Body.ToArray(), Is.EqualTo(new byte[] { 9, 8 }));
    }

    [Test]
    public void Abort_OfOneMessage_LeavesTheOtherAlone()
    {
        Add(ChunkType.Intermediate, 1, 1);
        Add(ChunkType.Intermediate, 2, 2);
        var aborted = Add(ChunkType.Abort, 1, 0, 0, 0xB8, 0x80, 2, 0, 0, 0, (byte)'n', (byte)'o')!.Value;
        Assert.That(aborted.RequestId, Is.EqualTo(1));
        Assert.That(aborted.Abort!.Status, Is.EqualTo(StatusCodes.BadRequestTooLarge));
        Assert.That(aborted.Abort.Message, Does.Contain("no"));
        Assert.That(Add(ChunkType.Final, 2, 3)!.Value.Body.ToArray(), Is.EqualTo(new byte[] { 2, 3 }));
        Assert.That(Add(ChunkType.Final, 1, 7)!.Value.Body.ToArray(), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public void Size_AtTheLimit_IsTakenAndOneMoreIsNot()
    {
        Assert.That(Add(ChunkType.Final, 1, new byte[10]), Is.Not.Null);
        Add(ChunkType.Intermediate, 2, new byte[10]);
        Assert.That(() => Add(ChunkType.Final, 2, 0), RefusedWith(StatusCodes.BadTcpMessageTooLarge));
    }

    [Test]
    public void Count_AtTheLimit_IsTakenAndOneMoreIsNot()
    {
        Add(ChunkType.Intermediate, 1, 1);
        Add(ChunkType.Intermediate, 1, 1);
        Assert.That(Add(ChunkType.Final, 1, 1), Is.Not.Null);
        Add(ChunkType.Intermediate, 2);
        Add(ChunkType.Intermediate, 2);
        Add(ChunkType.Intermediate, 2);
        Assert.That(() => Add(ChunkType.Intermediate, 2), RefusedWith(StatusCodes.BadTcpMessageTooLarge));
    }

    [Test]
    public void Flood_OfMessagesThatNeverEnd_IsRefusedPastTheBound()
    {
        for (var i = 1u; i <= TransportLimits.MostInterleavedMessages; i++)
        {
            Add(ChunkType.Intermediate, i, 1);
        }

        Assert.That(() => Add(ChunkType.Intermediate, 99, 1), RefusedWith(StatusCodes.BadTcpNotEnoughResources));
    }

    private static NUnit.Framework.Constraints.EqualConstraint<StatusCode> RefusedWith(StatusCode status) =>
        Throws.TypeOf<UaException>().With.Property("Status").EqualTo(status);
}
