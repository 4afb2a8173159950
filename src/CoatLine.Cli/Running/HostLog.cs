using Microsoft.Extensions.Logging;

namespace CoatLine.Cli.Running;

/// <summary>The log of a host on standard error, from warnings on. A start that fails becomes the command's sentence
/// and exit code, so that the host does not tell it a second time with its stack.</summary>
internal sealed class HostLog
{
    private const string HostCategory = "Microsoft.Extensions.Hosting";

    private volatile bool _isStarted;

    public void AddTo(ILoggingBuilder logging)
    {
        logging.AddConsole(static o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter((category, level) => level >= LogLevel.Warning
            && (_isStarted || category?.StartsWith(HostCategory, StringComparison.Ordinal) != true));
    }

    /// <summary>From now on the host's own words count.</summary>
    public void Started() => _isStarted = true;
}
