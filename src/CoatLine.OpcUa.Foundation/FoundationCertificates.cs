using System.Security.Cryptography.X509Certificates;
using CoatLine.OpcUa.Pki;
using Ua = Opc.Ua;

namespace CoatLine.OpcUa.Foundation;

/// <summary>
/// Has our own trust list judge the server's certificate in place of the stack's: one store and one set of rules
/// (OPC 10000-4 §6.1.3), whichever stack connects. The stack calls it on its own threads.
/// </summary>
internal sealed class FoundationCertificates(ApplicationPki pki, string endpointUrl, Ua.ITelemetryContext telemetry)
    : Ua.CertificateValidator(telemetry)
{
    /// <summary>Throws unless the certificate is trusted.</summary>
    /// <param name="der">The server's certificate, maybe with its issuers behind it.</param>
    /// <param name="applicationUri">Whose certificate it ought to be; null when the server does not say.</param>
    /// <exception cref="Ua.ServiceResultException">It is not; the message says why.</exception>
    public void Judge(byte[] der, string? applicationUri)
    {
        CertificateVerdict verdict = pki.Validator.Validate(der, new CertificateExpectation
        {
            Role = CertificateRole.Server,
            ApplicationUri = string.IsNullOrEmpty(applicationUri) ? null : applicationUri,
            HostName = new Uri(endpointUrl).DnsSafeHost,
        });
        if (!verdict.IsGood)
        {
            throw new Ua.ServiceResultException(verdict.Status.Code, $"the server is not trusted: {verdict.Why}");
        }
    }

    /// <summary>What the stack asks when a channel is opened.</summary>
    /// <exception cref="Ua.ServiceResultException">The certificate is not trusted.</exception>
    public override Task ValidateAsync(
        X509Certificate2Collection chain, Ua.ConfiguredEndpoint endpoint, CancellationToken ct)
    {
        Judge([.. chain.SelectMany(static c => c.RawData)], endpoint?.Description?.Server?.ApplicationUri);
        return Task.CompletedTask;
    }
}
