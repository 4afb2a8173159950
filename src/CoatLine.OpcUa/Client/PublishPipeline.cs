using System.Threading.Channels;
using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>
/// Keeps Publish requests waiting in the server, so that it can always send, and hands the messages on in the order of
/// their arrival, one at a time (OPC 10000-4 §5.14.1).
/// </summary>
internal sealed class PublishPipeline : IAsyncDisposable
{
    /// <summary>With two requests one is in the server while the other's answer is on its way.</summary>
    private const int LeastOutstanding = 2;

    private const int MostOutstanding = 16;

    /// <summary>Most acknowledgements in one request; the rest goes with the next one.</summary>
    private const int MostAcknowledged = 1000;

    /// <summary>A server that refuses so many times on end will not stop doing so.</summary>
    private const int MostFailuresOnEnd = 10;

    /// <summary>A subscription may be silent for this many keep-alives before it counts as lost.</summary>
    private const int KeepAlivesUntilSilent = 3;

    private readonly UaClient _client;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, UaSubscription> _subscriptions = [];
    private readonly Queue<SubscriptionAcknowledgement> _acknowledgements = new();
    private readonly Channel<PendingPublish> _arrived =
        Channel.CreateBounded<PendingPublish>(new BoundedChannelOptions(MostOutstanding) { SingleReader = true });

    private int _outstanding;
    private int _most = MostOutstanding;
    private int _additions;
    private int _failuresOnEnd;
    private bool _stopped;

    public PublishPipeline(UaClient client, TimeProvider time)
    {
        _client = client;
        _time = time;
        _ = DeliverAsync();
    }

    public void Add(UaSubscription subscription)
    {
        subscription.LastMessage = _time.GetTimestamp();
        lock (_gate)
        {
            _subscriptions[subscription.Id] = subscription;
            _additions++;
        }

        Fill();
    }

    public void Remove(UaSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription.Id);
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

    /// <summary>A failure that names a subscription which has been silent for too long; null if none has.</summary>
    public UaException? FindSilent()
    {
        lock (_gate)
        {
            foreach (var subscription in _subscriptions.Values)
            {
                var most = (subscription.KeepAliveInterval * KeepAlivesUntilSilent) + _client.Options.OperationTimeout;
                if (_time.GetElapsedTime(subscription.LastMessage) > most)
                {
                    return new UaException(
                        StatusCodes.BadTimeout,
                        $"Subscription {subscription.Id} has been silent for more than {most.TotalSeconds:0.#} s");
                }
            }
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            _subscriptions.Clear();
        }

        _arrived.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>An answer or a failure has come; runs on the receive loop.</summary>
    private void Arrived(PendingPublish publish)
    {
        if (publish.Response is PublishResponse response)
        {
            lock (_gate)
            {
                if (_subscriptions.TryGetValue(response.SubscriptionId, out var subscription))
                {
                    subscription.LastMessage = _time.GetTimestamp();
                }
            }
        }

        // There are never more arrivals than requests, so this has room until the pipeline is stopped.
        _arrived.Writer.TryWrite(publish);
    }

    private void Fill()
    {
        while (Take() is { } publish)
        {
            var request = new PublishRequest { SubscriptionAcknowledgements = publish.Acknowledgements };
            _client.Post(request, publish.Timeout, publish);
        }
    }

    private PendingPublish? Take()
    {
        lock (_gate)
        {
            var wanted = Math.Min(Math.Max(LeastOutstanding, _subscriptions.Count + 1), _most);
            if (_stopped || _subscriptions.Count == 0 || _outstanding >= wanted)
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
            var longest = _subscriptions.Values.Max(s => s.KeepAliveInterval);
            var timeout = (longest * (wanted + 1)) + _client.Options.OperationTimeout;
            return new PendingPublish(this, acknowledgements, timeout, _additions, _client.DeadlineIn(timeout));
        }
    }

    private async Task DeliverAsync()
    {
        await foreach (var publish in _arrived.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            lock (_gate)
            {
                _outstanding--;
            }

            try
            {
                await DeliverAsync(publish).ConfigureAwait(false);
            }
            catch (UaException failure)
            {
                _client.End(failure);
            }
            catch (Exception mistake)
            {
                // A handler that throws would otherwise go on missing values without anybody noticing.
                var words = $"A subscription's handler threw {mistake.GetType().Name}";
                _client.End(new UaException(StatusCodes.BadUnexpectedError, words, mistake));
            }

            Fill();
        }
    }

    private async Task DeliverAsync(PendingPublish publish)
    {
        var failure = publish.Failure;
        if (failure is null && publish.Response!.ResponseHeader.ServiceResult is { IsBad: true } result)
        {
            failure = new UaException(result, "The server refused Publish");
        }

        if (failure is not null)
        {
            Failed(publish, failure);
            return;
        }

        _failuresOnEnd = 0;
        var response = RequestChannel.Expect<PublishResponse>(publish.Response!, publish.Name);
        UaSubscription? subscription;
        lock (_gate)
        {
            _subscriptions.TryGetValue(response.SubscriptionId, out subscription);
        }

        if (subscription is not null)
        {
            await subscription.TakeAsync(response.NotificationMessage).ConfigureAwait(false);
        }
    }

    private void Failed(PendingPublish publish, UaException failure)
    {
        var status = failure.Status.WithoutInfoBits;
        lock (_gate)
        {
            foreach (var acknowledgement in publish.Acknowledgements)
            {
                _acknowledgements.Enqueue(acknowledgement);
            }

            if (status == StatusCodes.BadTooManyPublishRequests)
            {
                _most = Math.Max(1, _outstanding);
            }

            // Requests from before the newest subscription may rightly find none.
            var ended = status == StatusCodes.BadNoSubscription
                && (_subscriptions.Count == 0 || publish.Additions != _additions);
            if (_stopped || ended)
            {
                return;
            }
        }

        if (status == StatusCodes.BadNoSubscription || ++_failuresOnEnd >= MostFailuresOnEnd)
        {
            _client.End(failure);
        }
    }

    /// <summary>One Publish request.</summary>
    private sealed class PendingPublish(
        PublishPipeline pipeline,
        SubscriptionAcknowledgement[] acknowledgements,
        TimeSpan timeout,
        int additions,
        long deadline) : IPendingRequest
    {
        public string Name => "Publish";

        public long Deadline => deadline;

        public TimeSpan Timeout => timeout;

        public SubscriptionAcknowledgement[] Acknowledgements => acknowledgements;

        /// <summary>How many subscriptions had been added when it was sent.</summary>
        public int Additions => additions;

        public IUaResponse? Response { get; private set; }

        public UaException? Failure { get; private set; }

        public void Complete(IUaResponse response)
        {
            Response = response;
            pipeline.Arrived(this);
        }

        public void Fail(UaException failure)
        {
            Failure = failure;
            pipeline.Arrived(this);
        }
    }
}
