namespace CoatLine.Conformance.Tests.Servers;

/// <summary>What a server under test shows and asks for. It takes every policy with keys in both modes, anonymous
/// users, the user of <see cref="TestCertificates"/> with a password, and the one user certificate that is trusted.
/// </summary>
/// <param name="ShowsTheLine">False for a server that knows nothing of the tag contract.</param>
/// <param name="AllowsInsecure">Whether it takes sessions without security too.</param>
internal sealed record LineServerSetup(bool ShowsTheLine = true, bool AllowsInsecure = true)
{
    /// <summary>Namespace of the nodes of <c>types.NodeSet2.xml</c>.</summary>
    public const string TypesNamespace = "urn:coatline:conformance";

    /// <summary>What every server shows as Mixer.Live.SlurryTemp, °C.</summary>
    public const double SlurryTemperature = 24.5;

    /// <summary>The alarm of the mixer that stands while Types.LidOpen is true.</summary>
    public const string AlarmName = "LidOpen";

    /// <summary>Severity of that alarm.</summary>
    public const ushort AlarmSeverity = 700;
}
