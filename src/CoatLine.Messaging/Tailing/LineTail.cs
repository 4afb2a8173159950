namespace CoatLine.Messaging.Tailing;

/// <summary>
/// Puts one line's events into their order: none twice, none left out as long as the ledger has it. What is missing it
/// asks for, one range at a time; what came meanwhile waits. It knows no broker and no clock. One caller.
/// </summary>
/// <param name="line">The line.</param>
/// <param name="from">First sequence number wanted, from 1; null begins with what comes first.</param>
internal sealed class LineTail(string line, long? from)
{
    /// <summary>Events that may wait for a missing one, inclusive; more are forgotten and asked for in their turn.
    /// </summary>
    public const int MaxHeld = 10_000;

    /// <summary>So many answers in a row without the event that is wanted, and it is given up.</summary>
    public const int MaxShortAnswers = 3;

    private readonly SortedDictionary<long, TailedEvent> _held = [];
    private long? _next = from;
    private long _seen;
    private bool _isBehind = from is not null;
    private ReplayRequest? _asked;
    private int _shortAnswers;

    /// <summary>Whether a range was asked for and its end has not come.</summary>
    public bool IsAsking => _asked is not null;

    /// <summary>Whether the last answer had not what is missing: asking again at once would hardly help.</summary>
    public bool IsShort => _shortAnswers > 0;

    /// <summary>Takes an event, live or from a replay.</summary>
    /// <returns>The events that may be shown now, in order.</returns>
    public IReadOnlyList<TailedEvent> Take(TailedEvent e)
    {
        _next ??= e.Seq;
        if (e.Seq < _next)
        {
            return [];
        }

        _seen = Math.Max(_seen, e.Seq);
        if (e.Seq == _next || _held.Count < MaxHeld)
        {
            _held[e.Seq] = e;
        }

        return Ready();
    }

    /// <summary>The range to ask for now; null when nothing is missing, and while an answer is awaited.</summary>
    public ReplayRequest? Ask()
    {
        if (IsAsking || _next is not { } next || (!_isBehind && next > _seen))
        {
            return null;
        }

        long through = _isBehind ? long.MaxValue : GapEnd;
        return _asked = new ReplayRequest(line, next, Math.Min(through, next + RabbitReplay.MaxEvents - 1));
    }

    /// <summary>Takes the end of an answer; that of a range which is not asked for any more changes nothing.</summary>
    /// <param name="first">First number that was asked for.</param>
    /// <param name="through">Last number that was sent; below <paramref name="first"/> when there was none.</param>
    /// <returns>What may be shown now, and what cannot be had.</returns>
    public TailStep End(long first, long through)
    {
        if (_asked is not { } asked || asked.From != first)
        {
            return TailStep.Nothing;
        }

        _asked = null;
        if (through < asked.Through)
        {
            // The ledger has no more than this: what came behind it since then is on its way as news.
            _isBehind = false;
        }

        if (_next > _seen || _next > asked.From)
        {
            return TailStep.Nothing;
        }

        return ++_shortAnswers < MaxShortAnswers ? TailStep.Nothing : GiveUp();
    }

    /// <summary>No answer comes any more: it is asked for anew.</summary>
    public void Unanswered() => _asked = null;

    /// <summary>Events may have passed unseen: whatever the ledger has from here on is asked for.</summary>
    public void Blind()
    {
        _asked = null;
        _shortAnswers = 0;
        _isBehind = _next is not null;
    }

    /// <summary>The last number before the next event at hand.</summary>
    private long GapEnd => _held.Count > 0 ? _held.Keys.First() - 1 : _seen;

    private TailStep GiveUp()
    {
        (long first, long last) = (_next!.Value, GapEnd);
        _next = last + 1;
        _isBehind = false;
        _shortAnswers = 0;
        return new TailStep(Ready(), new ReplayRequest(line, first, last));
    }

    private List<TailedEvent> Ready()
    {
        List<TailedEvent> ready = [];
        while (_held.Remove(_next!.Value, out TailedEvent? e))
        {
            ready.Add(e);
            _next++;
            _shortAnswers = 0;
        }

        return ready;
    }
}

/// <summary>What follows from the end of an answer.</summary>
/// <param name="Ready">Events that may be shown now, in order.</param>
/// <param name="Lost">The range that cannot be had; null (usual) when there is none.</param>
internal sealed record TailStep(IReadOnlyList<TailedEvent> Ready, ReplayRequest? Lost)
{
    public static readonly TailStep Nothing = new([], null);
}
