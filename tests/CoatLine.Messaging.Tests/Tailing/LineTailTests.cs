using CoatLine.Messaging.Tailing;

namespace CoatLine.Messaging.Tests.Tailing;

/// <summary>The order of a line's events, with neither broker nor clock.</summary>
[TestFixture]
internal sealed class LineTailTests
{
    private readonly List<long> _shown = [];
    private LineTail _tail = new("line-1", null);

    [SetUp]
    public void Begin()
    {
        _shown.Clear();
        _tail = new LineTail("line-1", null);
    }

    [Test]
    public void Events_InOrder_AreShownAtOnceAndNothingIsAsked()
    {
        Come(7, 8, 9);

        Assert.That(_shown, Is.EqualTo(new long[] { 7, 8, 9 }));
        Assert.That(_tail.Ask(), Is.Null);
    }

    [Test]
    public void Events_ThatComeTwice_AreShownOnce()
    {
        Come(7, 7, 8, 7, 8, 9, 6, 11);

        Assert.That(_shown, Is.EqualTo(new long[] { 7, 8, 9 }));
        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 10, 10)), "old ones are out of the way");
    }

    [Test]
    public void Events_BehindAGap_WaitUntilItIsFilled()
    {
        Come(1, 2, 6, 7);
        Assert.That(_shown, Is.EqualTo(new long[] { 1, 2 }));
        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 3, 5)));

        Come(3, 4);
        Assert.That(_tail.Ask(), Is.Null, "an answer is awaited");
        Come(5);
        End(3, 5);

        Assert.That(_shown, Is.EqualTo(new long[] { 1, 2, 3, 4, 5, 6, 7 }));
        Assert.That(_tail.Ask(), Is.Null);
    }

    [Test]
    public void Events_WithTwoGaps_AreAskedForOneAfterTheOther()
    {
        Come(1, 4, 8);

        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 2, 3)));
        Come(2, 3);
        End(2, 3);
        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 5, 7)));
        Come(5, 6, 7);
        End(5, 7);

        Assert.That(_shown, Is.EqualTo(new long[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
    }

    [Test]
    public void From_EarlierThanWhatComes_AsksInPiecesUntilTheLedgerHasNoMore()
    {
        const long max = RabbitReplay.MaxEvents;
        _tail = new LineTail("line-1", 1);

        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 1, max)));
        Come(max + 6);
        Answer(1, max);
        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", max + 1, 2 * max)));
        Answer(max + 1, max + 5);

        Assert.That(_shown, Is.EqualTo(Numbers(1, max + 6)));
        Assert.That(_tail.Ask(), Is.Null);
    }

    [Test]
    public void From_LaterThanWhatComes_LeavesTheEarlierOnesOut()
    {
        _tail = new LineTail("line-1", 5);
        _tail.Ask();
        End(5, 4);

        Come(3, 4, 5, 6);

        Assert.That(_shown, Is.EqualTo(new long[] { 5, 6 }));
        Assert.That(_tail.Ask(), Is.Null);
    }

    [Test]
    public void Answer_ThatLostSomeOnItsWay_IsAskedForFromThereOn()
    {
        Come(1, 6);
        _tail.Ask();
        Come(2, 3, 5);
        End(2, 5);

        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 4, 4)));
        Assert.That(_tail.IsShort, Is.False, "it brought something");
        Assert.That(_shown, Is.EqualTo(new long[] { 1, 2, 3 }));
    }

    [Test]
    public void Answer_ThatIsShortAgainAndAgain_IsGivenUpAndSaysWhatIsLost()
    {
        Come(1, 4, 5);
        for (int i = 1; i < LineTail.MaxShortAnswers; i++)
        {
            Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 2, 3)));
            Assert.That(End(2, 1), Is.Null);
            Assert.That(_tail.IsShort, Is.True);
        }

        _tail.Ask();
        ReplayRequest? lost = End(2, 1);

        Assert.That(lost, Is.EqualTo(new ReplayRequest("line-1", 2, 3)));
        Assert.That(_shown, Is.EqualTo(new long[] { 1, 4, 5 }));
        Assert.That((_tail.Ask(), _tail.IsShort), Is.EqualTo(((ReplayRequest?)null, false)));
    }

    [Test]
    public void Answer_ToARequestThatWasGivenUp_DoesNotEndTheNewOne()
    {
        Come(1, 3);
        _tail.Ask();
        _tail.Blind();
        Come(2);
        ReplayRequest? asked = _tail.Ask();

        End(2, 2);

        Assert.That(asked, Is.EqualTo(new ReplayRequest("line-1", 4, 4 + RabbitReplay.MaxEvents - 1)));
        Assert.That(_tail.IsAsking, Is.True);
    }

    [Test]
    public void Answer_ThatDoesNotCome_IsAskedForAnew()
    {
        Come(1, 3);
        ReplayRequest? first = _tail.Ask();
        _tail.Unanswered();

        Assert.That(_tail.Ask(), Is.EqualTo(first));
    }

    [Test]
    public void Blindness_AfterSomeEvents_AsksForWhateverCameMeanwhile()
    {
        Come(1, 2);
        _tail.Blind();

        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 3, 2 + RabbitReplay.MaxEvents)));
        Answer(3, 4);
        Come(4, 5);

        Assert.That(_shown, Is.EqualTo(new long[] { 1, 2, 3, 4, 5 }));
        Assert.That(_tail.Ask(), Is.Null);
    }

    [Test]
    public void Blindness_BeforeAnyEvent_AsksForNothing()
    {
        _tail.Blind();
        ReplayRequest? atOnce = _tail.Ask();
        Come(5);

        Assert.That((atOnce, _tail.Ask()), Is.EqualTo(((ReplayRequest?)null, (ReplayRequest?)null)));
    }

    [Test]
    public void Events_BeyondWhatMayWait_AreAskedForInTheirTurn()
    {
        const long behind = LineTail.MaxHeld + 3;
        Come(1);
        Come(Numbers(3, behind + 1));
        Assert.That(_tail.Ask(), Is.EqualTo(new ReplayRequest("line-1", 2, 2)));

        Answer(2, 2);
        ReplayRequest? rest = _tail.Ask();

        Assert.That(_shown, Is.EqualTo(Numbers(1, LineTail.MaxHeld + 2)));
        Assert.That(rest, Is.EqualTo(new ReplayRequest("line-1", LineTail.MaxHeld + 3, behind + 1)));
    }

    [Test]
    public void Lines_SideBySide_HaveTheirOwnNumbers()
    {
        LineTail other = new("line-2", null);
        Come(1, 3);

        IReadOnlyList<TailedEvent> shown = other.Take(Event(2));

        Assert.That(shown.Select(static e => e.Seq), Is.EqualTo(new long[] { 2 }));
        Assert.That(other.Ask(), Is.Null);
        Assert.That(_tail.Ask()?.Line, Is.EqualTo("line-1"));
    }

    private static long[] Numbers(long first, long last) =>
        [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => first + i)];

    private static TailedEvent Event(long seq) => new("line-1", seq, "coatline.link-lost.v1", "", "", default);

    private void Come(params long[] numbers)
    {
        foreach (long seq in numbers)
        {
            _shown.AddRange(_tail.Take(Event(seq)).Select(static e => e.Seq));
        }
    }

    private void Answer(long first, long through)
    {
        Come(Numbers(first, through));
        End(first, through);
    }

    private ReplayRequest? End(long first, long through)
    {
        TailStep step = _tail.End(first, through);
        _shown.AddRange(step.Ready.Select(static e => e.Seq));
        return step.Lost;
    }
}
