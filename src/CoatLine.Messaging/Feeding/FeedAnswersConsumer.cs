using CoatLine.Messaging.Contracts;
using MassTransit;

namespace CoatLine.Messaging;

/// <summary>The journal's end of the bus: hands the ledger's answers to the dispatcher.</summary>
internal sealed class FeedAnswersConsumer(LedgerFeed feed) :
    IConsumer<LedgerMarkMoved>,
    IConsumer<LedgerGapReported>,
    IConsumer<LedgerSegmentParked>,
    IConsumer<LedgerUnavailable>
{
    /// <summary>Name of the receive endpoint; the line's name follows.</summary>
    public const string EndpointPrefix = "coatline-journal-";

    public Task Consume(ConsumeContext<LedgerMarkMoved> context) => Take(context.Message.Line, context.Message);

    public Task Consume(ConsumeContext<LedgerGapReported> context) => Take(context.Message.Line, context.Message);

    public Task Consume(ConsumeContext<LedgerSegmentParked> context) => Take(context.Message.Line, context.Message);

    public Task Consume(ConsumeContext<LedgerUnavailable> context) => Take(context.Message.Line, context.Message);

    private Task Take(string line, object message)
    {
        feed.Receive(line, message);
        return Task.CompletedTask;
    }
}
