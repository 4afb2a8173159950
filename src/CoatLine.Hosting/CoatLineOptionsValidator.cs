using System.Globalization;
using CoatLine.Domain.Events;
using CoatLine.Hosting.Time;
using CoatLine.Ledger;
using Microsoft.Extensions.Options;

namespace CoatLine.Hosting;

/// <summary>Checks the options and reports every error, not the first.</summary>
internal sealed class CoatLineOptionsValidator : IValidateOptions<CoatLineOptions>
{
    public const string Scheme = "opc.tcp";

    public ValidateOptionsResult Validate(string? name, CoatLineOptions options)
    {
        string[] errors = [.. Errors(options)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(CoatLineOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            yield return "DataDirectory is empty; name the folder of journal and ledger";
        }
        else if (options.DataDirectory.Contains('\0', StringComparison.Ordinal))
        {
            yield return "DataDirectory holds a NUL character";
        }

        if (!IsLine(options.Line))
        {
            yield return $"Line is '{options.Line}'; it must be 1 to {LineId.MaxLength} characters of a-z, 0-9 and '-'";
        }

        if (!Uri.TryCreate(options.EndpointUrl, UriKind.Absolute, out Uri? url)
            || url.Scheme != Scheme || url.Host.Length == 0)
        {
            yield return $"EndpointUrl is '{options.EndpointUrl}'; it must be {Scheme}://HOST:PORT";
        }

        if (!ScaledTimeProvider.IsSpeed(options.Speed))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Speed is {options.Speed}; it must be {ScaledTimeProvider.SlowestSpeed} to ") +
                string.Create(CultureInfo.InvariantCulture, $"{ScaledTimeProvider.FastestSpeed}");
        }

        if (options.AgreementTimeout <= TimeSpan.Zero)
        {
            yield return $"AgreementTimeout is {options.AgreementTimeout}; it must be above zero";
        }

        if (options.Ledger is { } ledger && LedgerError(ledger) is { } wrong)
        {
            yield return wrong;
        }

        foreach (string error in options.OpcUa.Errors())
        {
            yield return error;
        }
    }

    private static string? LedgerError(string connection)
    {
        try
        {
            LedgerPlace.Server(connection);
            return null;
        }
        catch (LedgerException e)
        {
            return $"Ledger: {e.Message}";
        }
    }

    private static bool IsLine(string line)
    {
        try
        {
            return new LineId(line).Value == line;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
