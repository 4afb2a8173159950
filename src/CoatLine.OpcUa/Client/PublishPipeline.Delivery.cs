using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

// The one loop that takes arrivals and jobs.
internal sealed partial class PublishPipeline
{
    /// <summary>One refusal alone may be a request that the server held for too long.</summary>
    private const int RefusalsUntilReported = 2;

    private async Task DeliverAsync()
    {
        await foreach (var step in _steps.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (step.Publish is { } publish)
            {
                lock (_gate)
                {
                    _outstanding--;
                }

                await DeliverAsync(publish).ConfigureAwait(false);
            }
            else
            {
                await step.Job!().ConfigureAwait(false);
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

        if (failure is null && publish.Response is not PublishResponse)
        {
            failure = new UaException(
                StatusCodes.BadUnknownResponse, $"The server answered Publish with {publish.Response!.GetType().Name}");
        }

        if (failure is not null)
        {
            Failed(publish, failure);
            return;
        }

        _refusalsOnEnd = 0;
        var response = (PublishResponse)publish.Response!;
        LookAtAcknowledgements(publish, response.Results);
        UaSubscription? subscription;
        lock (_gate)
        {
            _alive.TryGetValue(response.SubscriptionId, out subscription);
        }

        // In another session the same number may be another subscription.
        if (subscription is null || subscription.Session != publish.Session)
        {
            return;
        }

        try
        {
            await subscription.TakeAsync(
                publish.Session, response.NotificationMessage, response.AvailableSequenceNumbers).ConfigureAwait(false);
        }
        catch (UaException lost) when (SessionLoss.IsOfTheLink(lost.Status))
        {
            // The message was not acknowledged: the server has it still and sends it again when the link is back.
        }
        catch (UaException lost)
        {
            Lose(subscription, $"Missing messages of subscription {subscription.Id} cannot be had: {lost.Message}");
        }
    }

    /// <summary>A message that the server no longer knows needs nothing; a subscription that it does not know was lost
    /// without a word.</summary>
    private void LookAtAcknowledgements(PendingPublish publish, StatusCode[] results)
    {
        for (var i = 0; i < results.Length && i < publish.Acknowledgements.Length; i++)
        {
            if (results[i].WithoutInfoBits == StatusCodes.BadSubscriptionIdInvalid)
            {
                UaSubscription? subscription;
                lock (_gate)
                {
                    _alive.TryGetValue(publish.Acknowledgements[i].SubscriptionId, out subscription);
                }

                if (subscription is not null && subscription.Session == publish.Session)
                {
                    Lose(subscription, $"The server does not know subscription {subscription.Id} any more");
                }
            }
        }
    }

    private void Failed(PendingPublish publish, UaException failure)
    {
        var status = failure.Status.WithoutInfoBits;
        var isOfTheLink = (publish.Failure is not null && SessionLoss.IsOfTheLink(status))
            || SessionLoss.EndsLink(status);
        UaSubscription[] lost = [];
        lock (_gate)
        {
            foreach (var acknowledgement in publish.Acknowledgements)
            {
                if (_alive.ContainsKey(acknowledgement.SubscriptionId))
                {
                    _acknowledgements.Enqueue(acknowledgement);
                }
            }

            if (isOfTheLink || _isStopped)
            {
                return;
            }

            if (status == StatusCodes.BadTooManyPublishRequests)
            {
                _most = Math.Max(1, _outstanding);
                _isPaused = _outstanding == 0;
            }
            else if (status != StatusCodes.BadNoSubscription)
            {
                _isPaused = true;
            }
            else if (publish.Session == _session && publish.Additions == _additions)
            {
                // Requests from before the newest subscription may rightly find none.
                lost = [.. _alive.Values];
            }
        }

        foreach (var subscription in lost)
        {
            Lose(subscription, "The server says that the session has no subscription any more");
        }

        Pause(failure);
    }

    /// <summary>Waits before the next request where the server would refuse it just as well.</summary>
    private void Pause(UaException failure)
    {
        bool isPaused;
        lock (_gate)
        {
            isPaused = _isPaused;
        }

        if (!isPaused)
        {
            return;
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(_refusalsOnEnd++, 16));
        if (_refusalsOnEnd == RefusalsUntilReported)
        {
            _client.Report(failure);
        }

        _pause.Change(pause < LongestPause ? pause : LongestPause, Timeout.InfiniteTimeSpan);
    }
}
