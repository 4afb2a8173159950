using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

internal sealed partial class PublishPipeline
{
    /// <summary>One Publish request.</summary>
    private sealed class PendingPublish(
        PublishPipeline pipeline,
        UaSession session,
        SubscriptionAcknowledgement[] acknowledgements,
        TimeSpan timeout,
        int additions) : IPendingRequest
    {
        public string Name => "Publish";

        public long Deadline { get; set; }

        public TimeSpan Timeout => timeout;

        public UaSession Session => session;

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
