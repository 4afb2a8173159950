using System.Threading.Channels;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// Keeps Publish requests waiting in the server, so that it can always send, and hands the messages on in the order of
/// their arrival, one at a time (OPC 10000-4 §5.14.1). Whatever repairs a subscription runs in the same order, so that
/// nothing overtakes it. The clock is never asked under the lock: it may run timers that want it.
/// </summary>
internal sealed partial class PublishPipeline : IAsyncDisposable
{
    /// <summary>With two requests one is in the server while the other's answer is on its way.</summary>
    private const int LeastOutstanding = 2;

    private const int MostOutstanding = 16;

    /// <summary>Work that waits beside arrivals: the restoring of a new link, one repair, and room.</summary>
    private const int MostJobs = 4;

    /// <summary>Most acknowledgements in one request; the rest goes with the next one.</summary>
    private const int MostAcknowledged = 1000;

    /// <summary>The pause after a refusal doubles from the first to the longest.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly UaClient _client;
    private readonly TimeProvider _time;
    private readonly ITimer _pause;
    private readonly Lock _gate = new();
    private readonly Channel<Step> _steps = Channel.CreateBounded<Step>(
        new BoundedChannelOptions(MostOutstanding + MostJobs) { SingleReader = true });

    /// <summary>All subscriptions, those that the server has lost included.</summary>
    private readonly HashSet<UaSubscription> _held = [];

    /// <summary>Those that the server has, by their number there.</summary>
    private readonly Dictionary<uint, UaSubscription> _alive = [];
    private readonly Queue<SubscriptionAcknowledgement> _acknowledgements = new();

    private UaSession? _session;
    private int _outstanding;
    private int _most = MostOutstanding;
    private int _additions;
    private int _refusalsOnEnd;
    private bool _isPaused;
    private bool _isStopped;

    public PublishPipeline(UaClient client, TimeProvider time)
    {
        _client = client;
        _time = time;
        _pause = time.CreateTimer(
            static state => ((PublishPipeline)state!).GoOn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = DeliverAsync();
    }

    /// <summary>Takes a subscription in that was just made in the server.</summary>
    public void Add(UaSubscription subscription)
    {
        subscription.LastMessage = _time.GetTimestamp();
        lock (_gate)
        {
            _held.Add(subscription);
            _alive[subscription.Id] = subscription;
            _additions++;
        }

        Fill();
    }

    public void Remove(UaSubscription subscription)
    {
        lock (_gate)
        {
            _held.Remove(subscription);
            Forget(subscription);
        }
    }

    public void Acknowledge(uint subscription, uint number)
    {
        lock (_gate)
        {
            _acknowledgements.Enqueue(
                new SubscriptionAcknowledgement { SubscriptionId = subscription, SequenceNumber = number });
        }
    }

    /// <summary>No link: nothing is asked for until <see cref="RestoreAsync"/>.</summary>
    public void Suspend()
    {
        lock (_gate)
        {
            _session = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isStopped = true;
            _held.Clear();
            _alive.Clear();
        }

        _steps.Writer.TryComplete();
        await _pause.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Takes a subscription out of those that the server has. Under the lock.</summary>
    private bool Forget(UaSubscription subscription)
    {
        foreach (var (id, alive) in _alive)
        {
            if (alive == subscription)
            {
                _alive.Remove(id);
                for (var left = _acknowledgements.Count; left > 0; left--)
                {
                    var acknowledgement = _acknowledgements.Dequeue();
                    if (acknowledgement.SubscriptionId != id)
                    {
                        _acknowledgements.Enqueue(acknowledgement);
                    }
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>An answer or a failure has come; runs on the receive loop.</summary>
    private void Arrived(PendingPublish publish)
    {
        if (publish.Response is PublishResponse response)
        {
            var now = _time.GetTimestamp();
            lock (_gate)
            {
                if (_alive.TryGetValue(response.SubscriptionId, out var subscription))
                {
                    subscription.LastMessage = now;
                }
            }
        }

        // There are never more arrivals than requests, so this has room until the pipeline is stopped.
        _steps.Writer.TryWrite(new Step(publish, null));
    }

    private void Fill()
    {
        while (Take() is { } publish)
        {
            var request = new PublishRequest { SubscriptionAcknowledgements = publish.Acknowledgements };
            publish.Deadline = _client.DeadlineIn(publish.Timeout);
            publish.Session.Post(request, publish.Timeout, publish);
        }
    }

    private PendingPublish? Take()
    {
        lock (_gate)
        {
            var wanted = Math.Min(Math.Max(LeastOutstanding, _alive.Count + 1), _most);
            if (_session is null || _isStopped || _isPaused || _alive.Count == 0 || _outstanding >= wanted)
            {
                return null;
            }

            _outstanding++;
            var acknowledgements = new SubscriptionAcknowledgement[Math.Min(_acknowledgements.Count, MostAcknowledged)];
            for (var i = 0; i < acknowledgements.Length; i++)
            {
                acknowledgements[i] = _acknowledgements.Dequeue();
            }

            // A request may lie in the server for one keep-alive per request before it.
            var longest = TimeSpan.Zero;
            foreach (var subscription in _alive.Values)
            {
                longest = subscription.KeepAliveInterval > longest ? subscription.KeepAliveInterval : longest;
            }

            var timeout = (longest * (wanted + 1)) + _client.Options.OperationTimeout;
            return new PendingPublish(this, _session, acknowledgements, timeout, _additions);
        }
    }

    private void GoOn()
    {
        lock (_gate)
        {
            _isPaused = false;
        }

        Fill();
    }

    /// <summary>What the loop does next: an arrival or a job.</summary>
    private readonly record struct Step(PendingPublish? Publish, Func<Task>? Job);
}
