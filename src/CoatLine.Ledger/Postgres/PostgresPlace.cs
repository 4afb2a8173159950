using Npgsql;

namespace CoatLine.Ledger.Postgres;

/// <summary>Where a ledger in PostgreSQL is, from a connection string or an address.</summary>
internal static class PostgresPlace
{
    private static readonly string[] Schemes = ["postgres", "postgresql"];

    /// <summary>How long a statement may take, a lock be waited for, and a transaction lie idle, in ms: a writer that
    /// is stuck must not hold up the line for longer.</summary>
    private const string Bounds =
        "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000";

    private const int ConnectSeconds = 10;
    private const int CommandSeconds = 40;
    private const int KeepAliveSeconds = 10;

    /// <summary>True when the text means a server and no file.</summary>
    public static bool IsOne(string text) =>
        text.Contains("Host=", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && Schemes.Contains(address.Scheme));

    /// <summary>Reads the text; what it does not say is set to safe bounds.</summary>
    /// <exception cref="LedgerException">It is neither; the message names what is wrong and never the password.
    /// </exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && Schemes.Contains(address.Scheme)
                ? Of(address)
                : new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException e)
        {
            throw new LedgerException(
                LedgerFault.Missing, $"the ledger's connection is not understood: {e.Message}", e);
        }

        if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
        {
            throw new LedgerException(
                LedgerFault.Missing, "the ledger's connection must name Host and Database");
        }

        builder.ApplicationName ??= "coatline";
        builder.Timeout = ConnectSeconds;
        builder.CommandTimeout = CommandSeconds;
        builder.KeepAlive = KeepAliveSeconds;
        builder.Options ??= Bounds;
        builder.IncludeErrorDetail = false;
        return builder;
    }

    /// <summary>For people: no user, no password.</summary>
    public static string Name(NpgsqlConnectionStringBuilder builder) =>
        $"the ledger '{builder.Database}' at {builder.Host}:{builder.Port}";

    private static NpgsqlConnectionStringBuilder Of(Uri address)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host, Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')),
        };
        if (address.Port > 0)
        {
            builder.Port = address.Port;
        }

        string[] who = address.UserInfo.Split(':', 2);
        if (who[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(who[0]);
        }

        if (who.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(who[1]);
        }

        foreach (string setting in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] both = setting.Split('=', 2);
            builder[Uri.UnescapeDataString(both[0])] = both.Length > 1 ? Uri.UnescapeDataString(both[1]) : string.Empty;
        }

        return builder;
    }
}
