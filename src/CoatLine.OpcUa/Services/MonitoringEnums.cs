namespace CoatLine.OpcUa.Services;

/// <summary>What happens with a monitored item (OPC 10000-4 §7.23).</summary>
public enum MonitoringMode
{
    /// <summary>Nothing.</summary>
    Disabled = 0,
    /// <summary>Sampled and queued, not reported.</summary>
    Sampling = 1,
    /// <summary>Sampled, queued and reported.</summary>
    Reporting = 2,
}

/// <summary>Which change counts (OPC 10000-4 §7.10).</summary>
public enum DataChangeTrigger
{
    /// <summary>Quality.</summary>
    Status = 0,
    /// <summary>Quality or value.</summary>
    StatusValue = 1,
    /// <summary>Quality, value or source time.</summary>
    StatusValueTimestamp = 2,
}

/// <summary>How small changes are told (OPC 10000-4 §7.22.2).</summary>
public enum DeadbandType
{
    /// <summary>All changes count.</summary>
    None = 0,
    /// <summary>In the value's unit.</summary>
    Absolute = 1,
    /// <summary>In percent of the EURange.</summary>
    Percent = 2,
}
