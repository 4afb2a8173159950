using CoatLine.Equipment.Connection;
using CoatLine.OpcUa.Pki;

namespace CoatLine.Hosting;

/// <summary>How the line is connected, and what a person ought to know about it.</summary>
/// <param name="Connection">For the connection.</param>
/// <param name="Warnings">Sentences for the log, at every start.</param>
public sealed record LineAccess(UaLineConnectionOptions Connection, IReadOnlyList<string> Warnings)
{
    /// <summary>Name of the MES for people, in its certificate.</summary>
    public const string ApplicationName = "CoatLine MES";

    /// <summary>The certificate store that the options name.</summary>
    public static string PkiDirectory(CoatLineOptions options) => Path.GetFullPath(
        options.OpcUa.PkiDirectory ?? Path.Combine(options.DataDirectory, "pki", "mes"));

    /// <summary>
    /// Opens the certificate store, which gets its own certificate the first time, and makes the connection's options.
    /// </summary>
    /// <param name="options">Valid options.</param>
    /// <param name="real">Real time.</param>
    /// <exception cref="PkiException">The store cannot be used; the message names the file and the cure.</exception>
    public static LineAccess Open(CoatLineOptions options, TimeProvider real)
    {
        OpcUaOptions security = options.OpcUa;
        List<string> warnings = [];
        if (security.AllowInsecure)
        {
            warnings.Add(
                $"CoatLine:OpcUa:AllowInsecure is set: {options.EndpointUrl} is connected without security where it "
                + "offers nothing better. Whoever is on that network can then read and change what is said.");
        }

        bool plain = security.Policy is { IsNone: true };
        OwnCertificate? own = plain ? null : Own(options, real);
        warnings.AddRange(own?.Warnings ?? []);
        return new LineAccess(
            new UaLineConnectionOptions
            {
                EndpointUrl = options.EndpointUrl,
                AllowInsecure = security.AllowInsecure,
                SecurityPolicy = security.Policy,
                SecurityMode = plain ? default : security.Mode,
                ApplicationUri = own is null
                    ? Identity(options, existing: null).ApplicationUri
                    : CertificateFields.Of(own.Certificate).Uris[0],
                Pki = own is null ? null : new ApplicationPki(own, Validator(options, real)),
                User = new LinePassword(security).User(),
            },
            warnings);
    }

    /// <summary>The MES's own certificate, created on first use.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="real">Real time.</param>
    /// <exception cref="PkiException">The store cannot be used; the message names the file and the cure.</exception>
    public static OwnCertificate Own(CoatLineOptions options, TimeProvider real)
    {
        PkiStore store = new(PkiDirectory(options), real);
        return store.OwnCertificate(Identity(options, store.OwnApplicationUri()));
    }

    private static CertificateValidator Validator(CoatLineOptions options, TimeProvider real) =>
        new(new PkiStore(PkiDirectory(options), real), real)
        {
            Checks = new CertificateChecks
            {
                CheckHostName = options.OpcUa.CheckHostName,
                RequireRevocationList = options.OpcUa.RequireRevocationList,
            },
        };

    /// <summary>
    /// The certificate's name stays what it was when a data folder moves to another host: peers trust that certificate.
    /// </summary>
    private static ApplicationIdentity Identity(CoatLineOptions options, string? existing)
    {
        string host = string.Concat(Environment.MachineName.ToLowerInvariant().Where(
            static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'));
        string uri = options.OpcUa.ApplicationUri ?? existing ?? $"urn:{host}:coatline:mes:{options.Line}";
        return new ApplicationIdentity(uri, ApplicationName, []);
    }
}
