using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Transport;

/// <summary>Golden bytes worked out by hand from OPC 10000-6 §7.1.2.</summary>
internal sealed class HandshakeFramesTests
{
    private static readonly TransportLimits Limits = new(65_536, 32_768, 16_777_216, 512);

    [Test]
    public void Hello_OfKnownLimits_HasTheBytesOfTheStandard() => Assert.That(
        Convert.ToHexString(HandshakeFrames.Hello(Limits, "opc.tcp://a:1")),
        Is.EqualTo(
            "48454C46" // HEL F
            + "2D000000" // 45 bytes in all
            + "00000000" // version 0
            + "00000100" // receive 65536
            + "00800000" // send 32768
            + "00000001" // message 16 MiB
            + "00020000" // 512 chunks
            + "0D000000" + "6F70632E7463703A2F2F613A31")); // the URL, 13 bytes

    [Test]
    public void Acknowledge_OfKnownLimits_HasTheBytesOfTheStandard() => Assert.That(
        Convert.ToHexString(HandshakeFrames.Acknowledge(Limits)),
        Is.EqualTo("41434B46" + "1C000000" + "00000000" + "00000100" + "00800000" + "00000001" + "00020000"));

    [Test]
    public void Error_WithReason_HasTheBytesOfTheStandard() => Assert.That(
        Convert.ToHexString(HandshakeFrames.Error(StatusCodes.BadTcpEndpointUrlInvalid, "no")),
        Is.EqualTo("45525246" + "12000000" + "00008380" + "02000000" + "6E6F"));

    [Test]
    public void Hello_ReadBack_GivesLimitsAndUrl()
    {
        var (limits, url) = HandshakeFrames.ReadHello(HandshakeFrames.Hello(Limits, "opc.tcp://a:1").AsSpan(8));
        Assert.That((limits, url), Is.EqualTo((Limits, "opc.tcp://a:1")));
    }

    [TestCase(8192u, true)]
    [TestCase(8191u, false)]
    public void Hello_WithBuffersAroundTheLeastSize_IsTakenFromIt(uint size, bool taken)
    {
        var frame = HandshakeFrames.Hello(Limits with { SendBufferSize = size }, "opc.tcp://a:1");
        Assert.That(
            () => HandshakeFrames.ReadHello(frame.AsSpan(8)),
            taken ? Throws.Nothing : Throws.TypeOf<UaException>().With.Property("Status")
                .EqualTo(StatusCodes.BadConnectionRejected));
    }

    [TestCase(4096, true)]
    [TestCase(4097, false)]
    public void Hello_WithUrlAroundTheLongest_IsTakenUpToIt(int length, bool taken)
    {
        var frame = HandshakeFrames.Hello(Limits, new string('u', length));
        Assert.That(
            () => HandshakeFrames.ReadHello(frame.AsSpan(8)),
            taken ? Throws.Nothing : Throws.TypeOf<UaException>().With.Property("Status")
                .EqualTo(StatusCodes.BadTcpEndpointUrlInvalid));
    }

    [Test]
    public void Hello_WhoseUrlLengthRunsOverTheFrame_IsRefused()
    {
        var frame = HandshakeFrames.Hello(Limits, "opc.tcp://a:1");
        Assert.That(
            () => HandshakeFrames.ReadHello(frame.AsSpan(8, frame.Length - 9)),
            Throws.TypeOf<UaException>().With.Property("Status").EqualTo(StatusCodes.BadTcpEndpointUrlInvalid));
    }

    [Test]
    public void Answer_ToHello_NeverExceedsWhatTheClientSendsAndTakes()
    {
        var hello = Limits with { ReceiveBufferSize = 10_000, SendBufferSize = 9_000 };
        var answer = TransportLimits.Default.AnswerTo(hello);
        Assert.That((answer.ReceiveBufferSize, answer.SendBufferSize), Is.EqualTo((9_000u, 10_000u)));
    }

    [Test]
    public void Error_WithAbsurdReasonLength_StillGivesItsStatus()
    {
        var frame = HandshakeFrames.Error(StatusCodes.BadTcpInternalError, "no");
        frame[12] = 0xFF;
        frame[15] = 0x7F;
        Assert.That(
            HandshakeFrames.ReadError(frame.AsSpan(8), "peer").Status, Is.EqualTo(StatusCodes.BadTcpInternalError));
    }
}
