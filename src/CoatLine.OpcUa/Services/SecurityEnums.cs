namespace CoatLine.OpcUa.Services;

/// <summary>Why a channel request is made (OPC 10000-4 §5.6.2).</summary>
public enum SecurityTokenRequestType
{
    /// <summary>Open a new channel.</summary>
    Issue = 0,
    /// <summary>New token for an open channel.</summary>
    Renew = 1,
}

/// <summary>How messages are secured (OPC 10000-4 §7.20).</summary>
public enum MessageSecurityMode
{
    /// <summary>Not stated.</summary>
    Invalid = 0,
    /// <summary>Not at all.</summary>
    None = 1,
    /// <summary>Signed.</summary>
    Sign = 2,
    /// <summary>Signed and encrypted.</summary>
    SignAndEncrypt = 3,
}

/// <summary>Role of an application (OPC 10000-4 §7.4).</summary>
public enum ApplicationType
{
    /// <summary>Server.</summary>
    Server = 0,
    /// <summary>Client.</summary>
    Client = 1,
    /// <summary>Both.</summary>
    ClientAndServer = 2,
    /// <summary>Knows other servers.</summary>
    DiscoveryServer = 3,
}

/// <summary>Kinds of user identification (OPC 10000-4 §7.42).</summary>
public enum UserTokenType
{
    /// <summary>None.</summary>
    Anonymous = 0,
    /// <summary>Name and password.</summary>
    UserName = 1,
    /// <summary>X.509 certificate.</summary>
    Certificate = 2,
    /// <summary>Token of a third party.</summary>
    IssuedToken = 3,
}
