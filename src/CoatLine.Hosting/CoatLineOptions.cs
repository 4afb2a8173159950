namespace CoatLine.Hosting;

/// <summary>How a host loads the MES for one line. Read once at start.</summary>
public sealed class CoatLineOptions
{
    /// <summary>Configuration section that is bound before the code's own settings.</summary>
    public const string SectionName = "CoatLine";

    /// <summary>Folder of journal, ledger and line clock; default <c>coatline-data</c> below the current one.</summary>
    public string DataDirectory { get; set; } = "coatline-data";

    /// <summary>Name of the line, 1 to 32 characters of a-z, 0-9 and '-'; default <c>line-1</c>.</summary>
    public string Line { get; set; } = "line-1";

    /// <summary>Endpoint of the line's OPC UA server; default <c>opc.tcp://127.0.0.1:4840</c>.</summary>
    public string EndpointUrl { get; set; } = "opc.tcp://127.0.0.1:4840";

    /// <summary>
    /// Whether to connect to the line; default true. Without it batches can be recorded and read, not carried out.
    /// </summary>
    public bool ConnectLine { get; set; } = true;

    /// <summary>
    /// Line seconds per real second, 0.1 to 10 000 inclusive; 1 (the default) on a real line. It has no effect where
    /// <see cref="LineTime"/> is given.
    /// </summary>
    public double Speed { get; set; } = 1;

    /// <summary>
    /// Line time; null (the default) takes it from the data folder's clock. Network time-outs never follow it.
    /// </summary>
    public TimeProvider? LineTime { get; set; }

    /// <summary>
    /// How long the ledger may take to agree with the journal at start, in real time; above zero, default 30 s.
    /// Nothing is recorded before they agree.
    /// </summary>
    public TimeSpan AgreementTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The ledger's database on a PostgreSQL server, as a connection string or a <c>postgres://</c> address of a role
    /// that has <c>coatline_writer</c>; null (the default) for what the data folder says, which is a file in it unless
    /// a server was named before. The password is best left to PGPASSFILE or PGPASSWORD.
    /// </summary>
    public string? Ledger { get; set; }

    /// <summary>How the connection to the line is secured.</summary>
    public OpcUaOptions OpcUa { get; set; } = new();
}
