using System.Collections.Immutable;
using CoatLine.Domain.Events;
using CoatLine.Ledger.Postgres;
using CoatLine.Ledger.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Ledger;

/// <summary>
/// Recomputes every line's chain from its first event. It needs the file only, opens it read-only, creates nothing
/// beside it, and holds a few rows at a time. Whatever was done to a row, the verifier reports it and goes on.
/// What it cannot know: a chain whose end was forged from some event on together with the line's head is consistent;
/// only a mark kept elsewhere (<c>expected</c>) shows it.
/// </summary>
public static class LedgerVerifier
{
    /// <summary>The most findings in one report; more are only counted.</summary>
    public const int MaxDamages = 100;

    /// <summary>
    /// How often a walk is begun anew because a writer changed a ledger that was taken to be at rest.
    /// </summary>
    private const int MaxWalks = 3;

    /// <summary>Verifies a ledger file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">Marks known from elsewhere (a journal, a note), at most one per line; may be
    /// empty.</param>
    /// <param name="cancellationToken">Ends the walk early.</param>
    /// <exception cref="LedgerException">The file is missing, unreadable, or no ledger of a known layout.</exception>
    /// <exception cref="ArgumentException">Two marks for one line.</exception>
    public static VerifyReport Verify(
        string path, IReadOnlyCollection<LedgerMark>? expected = null, CancellationToken cancellationToken = default) =>
        Verify(path, new VerifyScope { Expected = [.. expected ?? []] }, cancellationToken);

    /// <summary>Verifies a ledger file, or the part of it that is asked for.</summary>
    /// <inheritdoc cref="Verify(string, IReadOnlyCollection{LedgerMark}, CancellationToken)"/>
    public static VerifyReport Verify(string path, VerifyScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Dictionary<LineId, LedgerMark> marks = scope.Marks();
        for (int walk = 1; ; walk++)
        {
            (long, DateTime) before = Stamp(path);
            using SqliteConnection connection = LedgerFile.OpenReader(path, out bool assumedAtRest);
            VerifyReport report = Sound(path, marks, scope, cancellationToken)
                ?? LedgerFile.Guard(path, () => LedgerWalk.Run(connection, marks, cancellationToken));
            if (!assumedAtRest || walk == MaxWalks || (!LedgerFile.HasLog(path) && Stamp(path) == before))
            {
                return report;
            }
        }
    }

    /// <summary>Verifies a ledger in PostgreSQL, or the part of it that is asked for.</summary>
    /// <param name="ledger">The ledger, as a reader sees it.</param>
    /// <param name="scope">What to verify.</param>
    /// <param name="cancellationToken">Ends the walk early.</param>
    /// <exception cref="LedgerException">The database failed, or has no ledger of the known layout.</exception>
    /// <exception cref="ArgumentException">Two marks for one line.</exception>
    public static VerifyReport Verify(
        PostgresReader ledger, VerifyScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        Dictionary<LineId, LedgerMark> marks = scope.Marks();
        return ParallelWalk.Run(new PostgresSource(ledger), marks, scope.Since(), scope.Jobs, cancellationToken)
            ?? ledger.Read(connection =>
            {
                // The walk is as long as the ledger; the bounds on single statements are for writers and queries.
                connection.Execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0");
                return LedgerWalk.Run(connection, marks, cancellationToken);
            });
    }

    /// <summary>The report of a sound file; null when it takes a walk to say what is wrong.</summary>
    private static VerifyReport? Sound(
        string path,
        Dictionary<LineId, LedgerMark> marks,
        VerifyScope scope,
        CancellationToken cancellationToken)
    {
        try
        {
            return ParallelWalk.Run(new LedgerSource(path), marks, scope.Since(), scope.Jobs, cancellationToken);
        }
        catch (LedgerException e) when (e.InnerException is SqliteException { SqliteErrorCode: LedgerFile.CorruptCode })
        {
            return null;
        }
    }

    private static (long Length, DateTime Written) Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
    }
}
