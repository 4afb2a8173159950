namespace CoatLine.OpcUa.Pki;

/// <summary>Who an application instance is, as its certificate says it (OPC 10000-6 §6.2.2).</summary>
/// <param name="ApplicationUri">Unique name of this installation, an absolute URI such as
/// <c>urn:plant:mes:line-1</c>; stands as the URI in the certificate's subject alternative name.</param>
/// <param name="ApplicationName">Name for people, 1 to 64 characters; the certificate's common name.</param>
/// <param name="HostNames">Host names and IP addresses under which a client reaches this application; empty for one
/// that only connects to others. At most 32.</param>
public sealed record ApplicationIdentity(
    string ApplicationUri, string ApplicationName, IReadOnlyList<string> HostNames)
{
    /// <summary>Most characters of a name (the bound of an X.500 common name).</summary>
    public const int MaxNameLength = 64;

    /// <summary>Most host names in one certificate.</summary>
    public const int MaxHostNames = 32;

    /// <summary>Every way in which this is no identity, as sentences; empty when it is one.</summary>
    public IEnumerable<string> Errors()
    {
        if (!Uri.TryCreate(ApplicationUri, UriKind.Absolute, out _) || !Ascii(ApplicationUri))
        {
            yield return $"ApplicationUri is '{ApplicationUri}'; it must be an absolute URI of ASCII characters";
        }

        if (ApplicationName.Length is 0 or > MaxNameLength || ApplicationName.Any(char.IsControl))
        {
            yield return $"ApplicationName is '{ApplicationName}'; it must be 1 to {MaxNameLength} characters";
        }

        if (HostNames.Count > MaxHostNames)
        {
            yield return $"HostNames has {HostNames.Count} entries; {MaxHostNames} is the most";
        }

        foreach (string host in HostNames.Where(static h => Uri.CheckHostName(h) == UriHostNameType.Unknown))
        {
            yield return $"HostNames holds '{host}'; it must be a host name or an IP address";
        }
    }

    private static bool Ascii(string text) => text.All(char.IsAscii);
}
