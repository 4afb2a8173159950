using CoatLine.OpcUa.Transport;

namespace CoatLine.OpcUa.Tests.Transport;

internal sealed class SequenceNumbersTests
{
    [Test]
    public void Next_OfANewSender_StartsAtOneAndGoesUpByOne()
    {
        var numbers = new SequenceNumbers();
        Assert.That(new[] { numbers.Next(), numbers.Next(), numbers.Next() }, Is.EqualTo(new[] { 1u, 2u, 3u }));
    }

    [Test]
    public void Next_PastTheLastBeforeWrap_StartsAgainBelow1024()
    {
        var numbers = new SequenceNumbers(SequenceNumbers.LastBeforeWrap - 1);
        Assert.That(numbers.Next(), Is.EqualTo(4_294_966_271u));
        Assert.That(numbers.Next(), Is.EqualTo(1u));
    }

    [TestCase(7u, 8u, true)]
    [TestCase(7u, 7u, false, Description = "replayed")]
    [TestCase(7u, 9u, false, Description = "one is missing")]
    [TestCase(7u, 1u, false, Description = "reset")]
    [TestCase(4_294_966_271u, 1023u, true, Description = "wrapped, last allowed")]
    [TestCase(4_294_966_271u, 1024u, false, Description = "wrapped too far")]
    [TestCase(4_294_966_270u, 1u, false, Description = "wrapped too early")]
    [TestCase(4_294_966_271u, 4_294_966_272u, true, Description = "a sender may go on a little")]
    public void Accept_AfterANumber_TakesOnlyTheOneThatFollows(uint last, uint received, bool accepted) =>
        Assert.That(new SequenceNumbers(last).Accept(received), Is.EqualTo(accepted));

    [TestCase(1u)]
    [TestCase(51u)]
    public void Accept_OfTheFirstNumber_TakesAny(uint first) =>
        Assert.That(new SequenceNumbers().Accept(first), Is.True);
}
