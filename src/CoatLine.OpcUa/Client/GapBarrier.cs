namespace CoatLine.OpcUa.Client;

/// <summary>
/// Remembers that notifications are missing until the first message after them shows where the gap ends. Used by one
/// loop.
/// </summary>
internal sealed class GapBarrier(UaSubscription subscription)
{
    private DateTime? _last;
    private string? _why;
    private long _lost;
    private uint _firstLost;
    private uint _lastLost;

    /// <summary>The subscription exists since then; a gap cannot begin before.</summary>
    public void Began(DateTime at) => _last ??= at;

    /// <summary>Whatever comes next, an unknown number of notifications before it is missing.</summary>
    public void Open(string why)
    {
        // The first reason stands: what came after it is part of the same gap.
        _why ??= why;
        (_lost, _firstLost, _lastLost) = (-1, 0, 0);
    }

    /// <summary>This message is missing.</summary>
    public void Miss(uint first, uint last, long count)
    {
        if (_lost < 0)
        {
            return;
        }

        _why ??= "The server does not have the messages any more";
        _firstLost = _lost == 0 ? first : _firstLost;
        _lastLost = last;
        _lost += count;
    }

    /// <summary>A message has come whose numbers are complete up to it.</summary>
    /// <param name="at">Its time.</param>
    /// <param name="isKeepAlive">A keep-alive of a subscription that was made anew may be older than its items, so it
    /// does not end such a gap.</param>
    /// <returns>The gap that ends with it, to be told before it is delivered; null when nothing is missing.</returns>
    public UaGap? Pass(DateTime at, bool isKeepAlive)
    {
        if (_why is null)
        {
            _last = at;
            return null;
        }

        if (isKeepAlive && _lost < 0)
        {
            return null;
        }

        var gap = new UaGap(subscription, _last ?? at, at, _lost, _firstLost, _lastLost, _why);
        (_last, _why, _lost, _firstLost, _lastLost) = (at, null, 0, 0, 0);
        return gap;
    }
}
