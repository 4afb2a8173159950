namespace CoatLine.OpcUa.Client;

/// <summary>What a status says about how much was lost.</summary>
internal static class SessionLoss
{
    /// <summary>The channel or the way to the server: the session may stand still.</summary>
    public static bool IsOfTheLink(StatusCode status)
    {
        var code = status.WithoutInfoBits;
        return code == StatusCodes.BadConnectionClosed || code == StatusCodes.BadNotConnected
            || code == StatusCodes.BadTimeout || code == StatusCodes.BadSecureChannelClosed
            || code == StatusCodes.BadSecureChannelIdInvalid;
    }

    /// <summary>The server does not have the session any more, or not for this client.</summary>
    public static bool IsOfTheSession(StatusCode status)
    {
        var code = status.WithoutInfoBits;
        return code == StatusCodes.BadSessionIdInvalid || code == StatusCodes.BadSessionClosed
            || code == StatusCodes.BadSessionNotActivated;
    }

    /// <summary>An answer with this status says that the link is of no use any more.</summary>
    public static bool EndsLink(StatusCode status) =>
        IsOfTheSession(status) || status.WithoutInfoBits == StatusCodes.BadSecureChannelIdInvalid;
}
