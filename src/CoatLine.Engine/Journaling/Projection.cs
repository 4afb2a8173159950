using CoatLine.Domain.Events;
using CoatLine.Domain.Execution;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CoatLine.Engine.Journaling;

/// <summary>
/// What must be known even after the rows that said it were retired: which batches are open, and what each unit was
/// last heard to say. Written in the transaction of the fact itself.
/// </summary>
internal static class Projection
{
    public static void Apply(SqliteConnection connection, SqliteTransaction transaction, BatchEvent fact, long seq)
    {
        (string? sql, object? parameters) = fact switch
        {
            BatchCreated e => (JournalSql.OpenBatch, (object)new { e.Batch }),
            BatchReleased or BatchRejected or TrialConcluded => (JournalSql.CloseBatch, new { fact.Batch, Seq = seq }),
            PhaseIntended e => (JournalSql.UnitAsked, new
            {
                Unit = e.Unit.ToString(),
                Id = e.RequestId.ToString(),
                Ack = e.AckBefore.ToString(),
                Result = e.ResultBefore.ToString(),
            }),
            PhaseAccepted e => (JournalSql.UnitLatched, Latched(e.RequestId)),
            PhaseRefused { Code: AckCode.Accepted } e => (JournalSql.UnitLatched, Latched(e.RequestId)),
            PhaseRefused e => (JournalSql.UnitRefused, new { Id = e.RequestId.ToString() }),
            PhaseFailed { Code: ResultCode.None } e => (JournalSql.UnitUnknown, new { Id = e.RequestId.ToString() }),
            PhaseConcluded e => (JournalSql.UnitConcluded, new { Id = e.RequestId.ToString() }),
            _ => (null, null),
        };
        if (sql is not null)
        {
            connection.Execute(sql, parameters, transaction);
        }
    }

    public static UnitTrace? Read(SqliteConnection connection, Unit unit)
    {
        Row? row = connection.QuerySingleOrDefault<Row>(JournalSql.UnitTrace, new { Unit = unit.ToString() });
        return row is null ? null : new UnitTrace(Parse(row.Result), Parse(row.Ack));
    }

    private static object Latched(RequestId id) => new { Id = id.ToString(), None = RequestId.None.ToString() };

    private static RequestId Parse(string text) => RequestId.TryParse(text, out RequestId id)
        ? id
        : throw new JournalException($"the journal has '{text}' where a request id should stand; restore it");

    private sealed record Row(string Ack, string Result);
}
