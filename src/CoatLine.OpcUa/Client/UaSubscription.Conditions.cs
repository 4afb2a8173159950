namespace CoatLine.OpcUa.Client;

// What belongs to alarms and conditions (OPC 10000-9).
public sealed partial class UaSubscription
{
    /// <summary>
    /// Has the server tell all event items of every condition that needs attention, between a RefreshStartEventType and
    /// a RefreshEndEventType event (OPC 10000-9 §5.5.7). It is done by itself when the subscription was made anew.
    /// </summary>
    /// <returns>Good; BadMethodInvalid, BadNodeIdUnknown or BadServiceUnsupported from a server without conditions.
    /// </returns>
    /// <exception cref="UaException">The connection was lost.</exception>
    public Task<StatusCode> ConditionRefreshAsync(CancellationToken cancellationToken) =>
        InOrderAsync(standing => RefreshAsync(standing, cancellationToken), cancellationToken);

    private static async Task<StatusCode> RefreshAsync(Standing standing, CancellationToken cancellationToken)
    {
        var call = new Services.CallMethodRequest
        {
            ObjectId = ObjectTypeIds.ConditionType,
            MethodId = MethodIds.ConditionType_ConditionRefresh,
            InputArguments = [Variant.Of(standing.Revised.SubscriptionId)],
        };
        try
        {
            var results = await standing.Session.CallAsync([call], cancellationToken).ConfigureAwait(false);
            return results[0].StatusCode;
        }
        catch (UaException refusal) when (refusal.Status == StatusCodes.BadServiceUnsupported
            || refusal.Status == StatusCodes.BadNotImplemented)
        {
            return refusal.Status;
        }
    }
}
