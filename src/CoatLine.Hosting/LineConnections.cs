using CoatLine.Equipment.Connection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoatLine.Hosting;

/// <summary>Makes the connection of another stack than our own; a host registers it under its
/// <see cref="OpcUaStack"/> as a keyed service.</summary>
/// <param name="options">How the line is connected.</param>
/// <param name="networkTime">Real time.</param>
/// <param name="loggers">For its log.</param>
public delegate ILineConnection LineConnectionFactory(
    UaLineConnectionOptions options, TimeProvider networkTime, ILoggerFactory loggers);

/// <summary>Makes the line's connection as the options say, and warns of what is not secure.</summary>
internal static partial class LineConnections
{
    public static ILineConnection Create(IServiceProvider services, CoatLineOptions options)
    {
        ILoggerFactory loggers = services.GetRequiredService<ILoggerFactory>();
        if (!options.ConnectLine)
        {
            // Nothing connects, so there is nothing to secure and no certificate to make.
            return Own(new UaLineConnectionOptions { EndpointUrl = options.EndpointUrl }, loggers);
        }

        LineAccess access = LineAccess.Open(options, TimeProvider.System);
        ILogger log = loggers.CreateLogger("CoatLine.Hosting.LineSecurity");
        foreach (string warning in access.Warnings)
        {
            Warn(log, warning);
        }

        if (options.OpcUa.Stack == OpcUaStack.CoatLine)
        {
            return Own(access.Connection, loggers);
        }

        LineConnectionFactory factory = services.GetKeyedService<LineConnectionFactory>(options.OpcUa.Stack)
            ?? throw new OptionsValidationException(
                nameof(CoatLineOptions),
                typeof(CoatLineOptions),
                [$"OpcUa:Stack is '{options.OpcUa.Stack}', which this program was built without; it must be CoatLine"]);
        return factory(access.Connection, TimeProvider.System, loggers);
    }

    private static UaLineConnection Own(UaLineConnectionOptions options, ILoggerFactory loggers) =>
        new(options, TimeProvider.System, loggers.CreateLogger<UaLineConnection>());

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void Warn(ILogger log, string warning);
}
