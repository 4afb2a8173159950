using System.Text;
using CoatLine.Equipment.Connection;
using CoatLine.OpcUa.Services;
using Microsoft.Extensions.Logging;
using Ua = Opc.Ua;
using UaClient = Opc.Ua.Client;

namespace CoatLine.OpcUa.Foundation;

/// <summary>This application as the Foundation's stack wants it described, and how it opens a session.</summary>
internal sealed class FoundationApplication(UaLineConnectionOptions options, ILoggerFactory loggers)
{
    private const string ProductUri = "urn:coatline:mes";

    /// <summary>The server keeps a session that is silent this long.</summary>
    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(60);

    private Ua.ApplicationConfiguration? configuration;

    /// <summary>Log and measures of the stack.</summary>
    public Ua.ITelemetryContext Telemetry { get; } = new FoundationTelemetry(loggers);

    /// <summary>Finds the endpoint and opens a session.</summary>
    /// <exception cref="Ua.ServiceResultException">It failed.</exception>
    public async Task<UaClient.ISession> OpenAsync(CancellationToken cancellationToken)
    {
        configuration ??= Configure();
        Ua.ConfiguredEndpoint endpoint = await SelectAsync(cancellationToken).ConfigureAwait(false);
        var factory = new UaClient.DefaultSessionFactory(Telemetry);
        UaClient.ISession session = await factory.CreateAsync(
            configuration,
            endpoint,
            updateBeforeConnect: false,
            checkDomain: false,
            options.SessionName,
            (uint)SessionTimeout.TotalMilliseconds,
            User(),
            preferredLocales: null,
            cancellationToken).ConfigureAwait(false);
        session.OperationTimeout = (int)options.OperationTimeout.TotalMilliseconds;
        session.KeepAliveInterval = (int)options.KeepAliveInterval.TotalMilliseconds;
        session.TransferSubscriptionsOnReconnect = true;
        session.DeleteSubscriptionsOnClose = false;
        return session;
    }

    private Ua.ApplicationConfiguration Configure()
    {
        var made = new Ua.ApplicationConfiguration(Telemetry)
        {
            ApplicationName = options.SessionName,
            ApplicationUri = options.ApplicationUri,
            ProductUri = ProductUri,
            ApplicationType = Ua.ApplicationType.Client,
            ClientConfiguration = new Ua.ClientConfiguration(),
            TransportQuotas = new Ua.TransportQuotas
            {
                OperationTimeout = (int)options.OperationTimeout.TotalMilliseconds,
            },
            SecurityConfiguration = new Ua.SecurityConfiguration(),
        };
        if (options.Pki is { } pki)
        {
            made.SecurityConfiguration.ApplicationCertificates =
            [
                new Ua.CertificateIdentifier(pki.Own.Certificate)
                {
                    CertificateType = Ua.ObjectTypeIds.RsaSha256ApplicationCertificateType,
                },
            ];
            made.CertificateValidator = new FoundationCertificates(pki, options.EndpointUrl, Telemetry);
        }

        return made;
    }

    private async Task<Ua.ConfiguredEndpoint> SelectAsync(CancellationToken cancellationToken)
    {
        var wire = Ua.EndpointConfiguration.Create(configuration);
        wire.OperationTimeout = (int)options.OperationTimeout.TotalMilliseconds;
        using Ua.DiscoveryClient discovery = await Ua.DiscoveryClient.CreateAsync(
            configuration, new Uri(options.EndpointUrl), wire, ct: cancellationToken).ConfigureAwait(false);
        Ua.EndpointDescription chosen = FoundationEndpoints.Choose(
            await discovery.GetEndpointsAsync(null, cancellationToken).ConfigureAwait(false), options);

        if (chosen.SecurityMode != Ua.MessageSecurityMode.None
            && configuration!.CertificateValidator is FoundationCertificates certificates)
        {
            // The stack asks too, but of a refusal it says no more than that something could not be verified.
            certificates.Judge(chosen.ServerCertificate, chosen.Server?.ApplicationUri);
        }

        // The server may name itself by an address that does not lead to it from here.
        chosen.EndpointUrl = options.EndpointUrl;
        return new Ua.ConfiguredEndpoint(null, chosen, wire);
    }

    private Ua.UserIdentity User() => options.User.Type switch
    {
        UserTokenType.UserName => new Ua.UserIdentity(
            options.User.Name, Encoding.UTF8.GetBytes(options.User.Password)),
        UserTokenType.Certificate => new Ua.UserIdentity(options.User.Key),
        _ => new Ua.UserIdentity(),
    };
}
