namespace CoatLine.OpcUa;

/// <summary>Vendor details of a failure (OPC 10000-4 §7.12); indexes point into the response's strings.</summary>
public sealed record DiagnosticInfo
{
    /// <summary>Index of the symbolic name, or null.</summary>
    public int? SymbolicId { get; init; }

    /// <summary>Index of the namespace URI, or null.</summary>
    public int? NamespaceUri { get; init; }

    /// <summary>Index of the locale, or null.</summary>
    public int? Locale { get; init; }

    /// <summary>Index of the text, or null.</summary>
    public int? LocalizedText { get; init; }

    /// <summary>Vendor's details, or null.</summary>
    public string? AdditionalInfo { get; init; }

    /// <summary>Status of an underlying system, or null.</summary>
    public StatusCode? InnerStatusCode { get; init; }

    /// <summary>Details of the underlying failure, or null; at most 100 deep.</summary>
    public DiagnosticInfo? InnerDiagnosticInfo { get; init; }
}
