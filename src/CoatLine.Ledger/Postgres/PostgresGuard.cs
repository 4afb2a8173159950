using System.Net.Sockets;
using Npgsql;

namespace CoatLine.Ledger.Postgres;

/// <summary>Turns the database's errors into sentences.</summary>
internal static class PostgresGuard
{
    /// <summary>Runs database work.</summary>
    /// <exception cref="LedgerException">It failed; the message says why and what helps.</exception>
    public static T Run<T>(string name, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (Translate(name, e) is { } sentence)
        {
            throw sentence;
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public static async ValueTask<T> RunAsync<T>(string name, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (Translate(name, e) is { } sentence)
        {
            throw sentence;
        }
    }

    private static LedgerException? Translate(string name, Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } =>
            new(LedgerFault.NotALedger, $"{name} has no ledger; the owner makes one with 'coatline ledger migrate'", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            new(
                LedgerFault.Missing,
                $"there is no database at {name}; create it, then run 'coatline ledger migrate'",
                e),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            new(LedgerFault.Unavailable, $"{name} refuses: {((PostgresException)e).MessageText}; "
                + "the writer needs the role coatline_writer, a reader coatline_reader, who makes read models "
                + "coatline_projector", e),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            new(LedgerFault.Unavailable, $"{name} is read-only; find the server that is the primary one", e),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            new(LedgerFault.Unavailable, $"no room left on the disk of {name}; free some", e),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            new(LedgerFault.Unavailable, $"{name} has no connection left; end some, or raise max_connections", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or "28000" } =>
            new(LedgerFault.Unavailable, $"{name} refuses the credentials: {((PostgresException)e).MessageText}", e),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            new(LedgerFault.Unavailable, $"{name}: another writer held the line for too long; end that one", e),
        PostgresException failed => new(LedgerFault.Unavailable, $"{name} failed: {failed.MessageText}", e),
        NpgsqlException or SocketException or IOException or TimeoutException =>
            new(LedgerFault.Unavailable, $"{name} cannot be reached: {e.Message}", e),
        _ => null,
    };
}
