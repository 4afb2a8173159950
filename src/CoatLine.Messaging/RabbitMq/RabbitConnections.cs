using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CoatLine.Messaging;

/// <summary>
/// Connections of the broker's own client: for what goes past MassTransit, and to find out why the broker cannot be
/// used, which MassTransit keeps to itself while it tries for ever. Thread-safe.
/// </summary>
internal sealed class RabbitConnections(RabbitMqOptions options, TimeProvider time)
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(500);

    private const int PreconditionFailed = 406;

    /// <summary>Connects once.</summary>
    /// <exception cref="BrokerException">It cannot be used; the message says why.</exception>
    public async Task<IConnection> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await Factory(name).CreateConnectionAsync(cancellationToken)
                .WaitAsync(2 * ConnectTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Reason(e);
        }
    }

    /// <summary>Checks that the broker can be used, and waits for it while it cannot be reached, at most
    /// <see cref="RabbitMqOptions.StartTimeout"/>.</summary>
    /// <param name="declare">Declares what is needed there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BrokerException">It cannot be used; the message says why.</exception>
    public async Task CheckAsync(
        Func<IConnection, CancellationToken, Task> declare, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(options.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        BrokerException? last = null;
        while (true)
        {
            try
            {
                await TryAsync(declare, either.Token).ConfigureAwait(false);
                return;
            }
            catch (BrokerException e) when (e.Fault == BrokerFault.Unreachable)
            {
                last = e;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw TooLate(last);
            }

            await Task.Delay(BetweenAttempts, time, either.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (bound.IsCancellationRequested)
            {
                throw TooLate(last);
            }
        }
    }

    /// <summary>What an exception of the client means.</summary>
    public BrokerException Reason(Exception e) => e switch
    {
        BrokerException known => known,
        BrokerUnreachableException { InnerException: { } inner } => Reason(inner),
        AggregateException { InnerException: { } inner } => Reason(inner),
        AuthenticationFailureException or PossibleAuthenticationFailureException => new(
            BrokerFault.Refused,
            $"the broker at {options.Address} refuses user '{options.User}': wrong name or password, or no right to "
            + "use this virtual host", e),
        AuthenticationException => new(
            BrokerFault.Untrusted,
            $"no trusted connection to the broker at {options.Address} ({e.Message.TrimEnd('.')})", e),
        OperationInterruptedException { ShutdownReason.ReplyCode: PreconditionFailed } interrupted => new(
            BrokerFault.WrongTopology,
            $"the broker at {options.Address} has something else under a name that CoatLine needs: "
            + $"{interrupted.ShutdownReason!.ReplyText}. Look what it is, then rename or delete it", e),
        OperationInterruptedException { ShutdownReason: { ReplyCode: 403 or 530 } reason } => new(
            BrokerFault.Refused,
            $"the broker at {options.Address} refuses user '{options.User}': {reason.ReplyText}", e),
        _ => new(
            BrokerFault.Unreachable,
            $"the broker at {options.Address} cannot be reached ({e.Message.TrimEnd('.')})", e),
    };

    private async Task TryAsync(Func<IConnection, CancellationToken, Task> declare, CancellationToken cancellationToken)
    {
        await using IConnection connection =
            await ConnectAsync("coatline check", cancellationToken).ConfigureAwait(false);
        try
        {
            await declare(connection, cancellationToken)
                .WaitAsync(2 * ConnectTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Reason(e);
        }
    }

    private BrokerException TooLate(BrokerException? last) => new(
        BrokerFault.Unreachable,
        $"{last?.Message ?? $"the broker at {options.Address} does not answer"}; waited "
        + $"{options.StartTimeout.TotalSeconds:0.#} s",
        last);

    private ConnectionFactory Factory(string name)
    {
        var factory = new ConnectionFactory
        {
            HostName = options.Host,
            Port = options.EffectivePort,
            VirtualHost = options.VirtualHost,
            UserName = options.User,
            Password = BrokerPassword.Find(options).Password ?? "",
            RequestedHeartbeat = options.Heartbeat,
            RequestedConnectionTimeout = ConnectTimeout,
            ContinuationTimeout = ConnectTimeout,
            ClientProvidedName = name,
            // Whoever holds a connection makes a new one and declares everything anew: a wiped broker has nothing.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        if (options.Tls is { } tls)
        {
            factory.Ssl = new SslOption
            {
                Enabled = true,
                ServerName = tls.ServerName ?? options.Host,
                Version = RabbitMqTlsOptions.Protocols,
                CertificateValidationCallback = tls.Judge(),
                AcceptablePolicyErrors = SslPolicyErrors.None,
                Certs = tls.Own() is { } own ? new X509CertificateCollection { own } : null,
            };
        }

        return factory;
    }
}
