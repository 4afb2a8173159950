using CoatLine.Ledger.Models;
using CoatLine.Ledger.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CoatLine.Ledger;

/// <summary>Where a ledger is: a file, or a database on a PostgreSQL server. Nothing is opened by naming it.</summary>
public sealed class LedgerPlace
{
    /// <summary>Name of the ledger's file in a data folder.</summary>
    public const string FileName = "ledger.db";

    /// <summary>Name of the note in a data folder that says on which server its ledger is.</summary>
    public const string NoteName = "ledger.connection";

    private readonly string _text;
    private readonly bool _isServer;

    private LedgerPlace(string text, bool isServer, string name) => (_text, _isServer, Name) = (text, isServer, name);

    /// <summary>The place for people; without user and password.</summary>
    public string Name { get; }

    /// <summary>True for a database on a server, which others may write at the same time.</summary>
    public bool IsServer => _isServer;

    /// <summary>A ledger on a server, from a connection string (<c>Host=…;Database=…</c>) or an address
    /// (<c>postgres://user@host/database</c>).</summary>
    /// <exception cref="LedgerException">The text is neither.</exception>
    public static LedgerPlace Server(string connection) =>
        new(connection, isServer: true, PostgresPlace.Name(PostgresPlace.Parse(connection)));

    /// <summary>A ledger in a file.</summary>
    public static LedgerPlace File(string path) => new(path, isServer: false, path);

    /// <summary>The ledger of a data folder: on the server that the folder's note names, or else its file.</summary>
    /// <exception cref="LedgerException">The note names no ledger.</exception>
    public static LedgerPlace OfFolder(string folder)
    {
        string note = Path.Combine(folder, NoteName);
        return System.IO.File.Exists(note)
            ? Server(System.IO.File.ReadAllText(note).Trim())
            : File(Path.Combine(folder, FileName));
    }

    /// <summary>True when the text says a password: it is better given by PGPASSFILE or PGPASSWORD.</summary>
    /// <exception cref="LedgerException">The text is no connection.</exception>
    public static bool HasPassword(string connection) =>
        !string.IsNullOrEmpty(PostgresPlace.Parse(connection).Password);

    /// <summary>The connection as a connection string without its password.</summary>
    /// <exception cref="LedgerException">The text is no connection.</exception>
    public static string WithoutPassword(string connection)
    {
        NpgsqlConnectionStringBuilder bare = PostgresPlace.Parse(connection);
        bare.Remove("Password");
        return bare.ConnectionString;
    }

    /// <summary>A reader; dispose of it when it can be.</summary>
    public ILedgerReader OpenReader() => _isServer ? new PostgresReader(_text) : new LedgerReader(_text);

    /// <summary>A writer; dispose of it when it can be.</summary>
    /// <exception cref="LedgerException">The file cannot be opened, or is something else than a ledger.</exception>
    public ILedgerWriter OpenWriter() => _isServer ? new PostgresLedger(_text) : LedgerStore.Open(_text);

    /// <summary>Works on its read models, which are opened for this and closed again.</summary>
    /// <exception cref="LedgerException">They, or the ledger, cannot be used.</exception>
    internal async Task<T> WithModelsAsync<T>(Func<ILedgerReader, ModelWriter, Task<T>> work)
    {
        if (_isServer)
        {
            return await PostgresGuard.RunAsync(Name, async () =>
            {
                using var server = new PostgresReader(_text);
                server.Marks();
                await using PostgresModels models = await PostgresModels.OpenAsync(_text).ConfigureAwait(false);
                return await work(server, models).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }

        var reader = new LedgerReader(_text);
        reader.Marks();
        await using SqliteModels beside = SqliteModels.Open(_text);
        try
        {
            return await work(reader, beside).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw SqliteModels.Explain(SqliteModels.PathOf(_text), e);
        }
    }

    /// <summary>Verifies it.</summary>
    /// <exception cref="LedgerException">It is missing, unreadable, or none of a known layout.</exception>
    public VerifyReport Verify(VerifyScope scope, CancellationToken cancellationToken)
    {
        if (!_isServer)
        {
            return LedgerVerifier.Verify(_text, scope, cancellationToken);
        }

        using var reader = new PostgresReader(_text);
        return LedgerVerifier.Verify(reader, scope, cancellationToken);
    }
}
