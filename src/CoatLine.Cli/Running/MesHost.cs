using CoatLine.Domain.Execution;
using CoatLine.Engine;
using CoatLine.Hosting;
using CoatLine.Hosting.Time;
using CoatLine.Ledger;
using CoatLine.Messaging;
using CoatLine.OpcUa.Pki;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CoatLine.Cli.Running;

/// <summary>
/// The MES in a host of its own, loaded as any other host would load it. Its failures to start become exit codes.
/// </summary>
internal static class MesHost
{
    /// <summary>Builds the host on a claimed folder, with the broker that the folder notes, and starts it.</summary>
    /// <param name="folder">The folder; the host's container does not dispose of it.</param>
    /// <param name="clock">The line's clock.</param>
    /// <param name="url">The line, or null to leave it alone.</param>
    /// <param name="security">How the connection to the line is secured.</param>
    /// <param name="quiet">Whether even warnings are kept from standard error, for the sake of a live screen.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<IHost> StartAsync(
        DataFolder folder,
        LineClockFile clock,
        string? url,
        OpcUaOptions security,
        bool quiet,
        CancellationToken cancellationToken)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        HostLog log = new();
        builder.Services.AddSingleton(folder);
#if OPC_FOUNDATION
        builder.Services.AddKeyedSingleton<LineConnectionFactory>(
            OpcUaStack.Foundation,
            static (_, _) => static (options, networkTime, loggers) =>
                new OpcUa.Foundation.FoundationLineConnection(options, networkTime, loggers));
#endif
        if (!quiet)
        {
            log.AddTo(builder.Logging);
        }

        builder.AddCoatLineMes(o =>
        {
            o.DataDirectory = folder.Path;
            o.ConnectLine = url is not null;
            o.EndpointUrl = url ?? o.EndpointUrl;
            o.OpcUa = security;
            o.RabbitMq = FeedSettings.BrokerOf(folder.Path);
            o.LineTime = clock.ToTimeProvider(TimeProvider.System);
        });
        IHost host = builder.Build();
        try
        {
            await GuardAsync(() => host.StartAsync(cancellationToken)).ConfigureAwait(false);
            log.Started();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Turns what the MES throws into an exit code and its sentence.</summary>
    public static async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OptionsValidationException e)
        {
            throw CommandFailedException.BadInput(string.Join("\n", e.Failures), e);
        }
        catch (DataFolderException e) when (e.Fault == DataFolderFault.InUse)
        {
            throw CommandFailedException.Unreachable(e.Message, e);
        }
        catch (Exception e) when (e is DataFolderException or InvalidDataException or JournalException or PkiException)
        {
            throw CommandFailedException.BadInput(e.Message, e);
        }
        catch (BrokerException e) when (e.Fault == BrokerFault.WrongTopology)
        {
            throw CommandFailedException.Refused(e.Message);
        }
        catch (Exception e) when (e is LineUnreachableException or LineContractException or LedgerException
            or BrokerException)
        {
            throw CommandFailedException.Unreachable(e.Message, e);
        }
        catch (LedgerFeedException e)
        {
            throw CommandFailedException.Refused(e.Message);
        }
    }
}
