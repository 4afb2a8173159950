namespace CoatLine.OpcUa;

/// <summary>A service call, a connection or a message failed: how (status) and in words (message).</summary>
public sealed class UaException : Exception
{
    /// <summary>A failure with its status.</summary>
    public UaException(StatusCode status, string message)
        : base($"{message} ({status})") => Status = status;

    /// <summary>A failure with its status and what caused it.</summary>
    public UaException(StatusCode status, string message, Exception? innerException)
        : base($"{message} ({status})", innerException) => Status = status;

    /// <summary>What failed, as the standard names it; always bad.</summary>
    public StatusCode Status { get; }
}
