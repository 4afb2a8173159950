using CoatLine.Domain.Events;
using CoatLine.Engine;
using CoatLine.Equipment.Connection;
using CoatLine.Equipment.Handshake;
using CoatLine.Hosting.Time;
using CoatLine.Ledger;
using CoatLine.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoatLine.Hosting;

/// <summary>Puts the whole MES into a host.</summary>
public static class CoatLineHosting
{
    /// <summary>
    /// Adds the MES of one line: journal, engine, equipment, bus, ledger, and <see cref="CoatLineMes"/> to drive it.
    /// Settings come from the configuration section <c>CoatLine</c>, then from <paramref name="configure"/>. A
    /// <see cref="DataFolder"/> that the host has claimed itself and registered before is used as it is.
    /// <para>The host's start fails with an <see cref="OptionsValidationException"/> that names every wrong setting,
    /// a <see cref="DataFolderException"/>, a <see cref="JournalException"/>, a <see cref="LedgerException"/> or a
    /// <see cref="LedgerFeedException"/>. A line that cannot be reached does not fail it: see
    /// <see cref="CoatLineMes.WaitForLineAsync"/>.</para>
    /// <para>The connection to the line is secured unless <see cref="OpcUaOptions.AllowInsecure"/> is set; a
    /// certificate store that cannot be used fails the start with a <see cref="OpcUa.Pki.PkiException"/>.</para>
    /// </summary>
    public static IHostApplicationBuilder AddCoatLineMes(
        this IHostApplicationBuilder builder, Action<CoatLineOptions>? configure = null)
    {
        IServiceCollection services = builder.Services;
        OptionsBuilder<CoatLineOptions> options = services.AddOptions<CoatLineOptions>()
            .BindConfiguration(CoatLineOptions.SectionName)
            .ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddSingleton<IValidateOptions<CoatLineOptions>, CoatLineOptionsValidator>();
        services.TryAddSingleton(static p => DataFolder.Claim(Options(p).DataDirectory));
        services.AddSingleton(static p => new LineTime(Clock(p)));
        services.AddSingleton(static p => Journal.Open(
            p.GetRequiredService<DataFolder>().JournalPath, new LineId(Options(p).Line), Time(p)));
        services.AddSingleton(static p => Folder(p).Ledger.OpenWriter());
        services.AddSingleton(static p => Folder(p).Ledger.OpenReader());
        services.AddCoatLineMessaging();
        services.TryAddSingleton(static p => LineConnections.Create(p, Options(p)));
        services.AddSingleton(static p => new OpcUaLine(
            p.GetRequiredService<ILineConnection>(),
            new OpcUaLineOptions(),
            Time(p),
            TimeProvider.System,
            p.GetRequiredService<ILogger<OpcUaLine>>()));
        services.AddSingleton(static p => new BatchEngine(
            p.GetRequiredService<Journal>(),
            p.GetRequiredService<OpcUaLine>(),
            Time(p),
            p.GetRequiredService<ILogger<BatchEngine>>()));
        services.AddSingleton<LedgerSeal>();
        services.AddSingleton(static p => new CoatLineMes(
            p.GetRequiredService<Journal>(),
            p.GetRequiredService<BatchEngine>(),
            p.GetRequiredService<OpcUaLine>(),
            p.GetRequiredService<LedgerFeed>(),
            p.GetRequiredService<LedgerSeal>(),
            p.GetRequiredService<LineTime>(),
            p.GetRequiredService<DataFolder>()));
        services.AddSingleton<Func<LineFactRecorder>>(static p => () => new LineFactRecorder(
            p.GetRequiredService<Journal>(),
            p.GetRequiredService<OpcUaLine>(),
            Time(p),
            p.GetRequiredService<ILogger<LineFactRecorder>>()));
        services.AddHostedService<MesService>();
        return builder;
    }

    private static CoatLineOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CoatLineOptions>>().Value;

    /// <summary>The data folder, with the ledger that the options name.</summary>
    private static DataFolder Folder(IServiceProvider provider)
    {
        DataFolder folder = provider.GetRequiredService<DataFolder>();
        if (Options(provider).Ledger is { } connection)
        {
            folder.UseLedger(connection);
        }

        return folder;
    }

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<LineTime>().Provider;

    private static TimeProvider Clock(IServiceProvider provider)
    {
        CoatLineOptions options = Options(provider);
        DataFolder folder = Folder(provider);
        return options.LineTime
            ?? LineClock.Anew(folder, new LineId(options.Line), options.Speed, TimeProvider.System)
                .ToTimeProvider(TimeProvider.System);
    }

    /// <summary>Line time under a type of its own: a host's own <see cref="TimeProvider"/> is another clock.</summary>
    internal sealed record LineTime(TimeProvider Provider);
}
