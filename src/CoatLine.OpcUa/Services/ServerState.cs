namespace CoatLine.OpcUa.Services;

/// <summary>State of a server (OPC 10000-5 §12.6).</summary>
public enum ServerState
{
    /// <summary>Runs.</summary>
    Running = 0,
    /// <summary>Failed.</summary>
    Failed = 1,
    /// <summary>Not configured.</summary>
    NoConfiguration = 2,
    /// <summary>Suspended.</summary>
    Suspended = 3,
    /// <summary>Shutting down.</summary>
    Shutdown = 4,
    /// <summary>In test.</summary>
    Test = 5,
    /// <summary>Cannot reach its source.</summary>
    CommunicationFault = 6,
    /// <summary>Not known.</summary>
    Unknown = 7,
}
