using CoatLine.OpcUa.Services;

namespace CoatLine.OpcUa.Client;

/// <summary>A request that waits for its response. Exactly one of both methods is called, once.</summary>
internal interface IPendingRequest
{
    /// <summary>The service, for messages.</summary>
    string Name { get; }

    /// <summary>Timestamp of the network time at which it is given up.</summary>
    long Deadline { get; }

    /// <summary>The response has come. Runs on the receive loop and must not wait.</summary>
    void Complete(IUaResponse response);

    /// <summary>There will be no response.</summary>
    void Fail(UaException failure);
}

/// <summary>A request whose caller awaits the response.</summary>
/// <param name="request">The request; its name is put together only when a message needs it.</param>
/// <param name="deadline">Timestamp of the network time at which it is given up.</param>
internal sealed class PendingCall(IUaRequest request, long deadline)
    : TaskCompletionSource<IUaResponse>(TaskCreationOptions.RunContinuationsAsynchronously), IPendingRequest
{
    public string Name
    {
        get
        {
            const string suffix = "Request";
            var name = request.GetType().Name;
            return name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        }
    }

    public long Deadline => deadline;

    public void Complete(IUaResponse response) => TrySetResult(response);

    public void Fail(UaException failure) => TrySetException(failure);
}
