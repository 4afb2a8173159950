namespace CoatLine.Conformance.Tests.Servers;

/// <summary>What a server under test shows and asks for.</summary>
/// <param name="ShowsTheLine">False for a server that knows nothing of the tag contract.</param>
internal sealed record LineServerSetup(bool ShowsTheLine = true)
{
    /// <summary>Namespace of the nodes of <c>types.NodeSet2.xml</c>.</summary>
    public const string TypesNamespace = "urn:coatline:conformance";

    /// <summary>What every server shows as Mixer.Live.SlurryTemp, °C.</summary>
    public const double SlurryTemperature = 24.5;
}
