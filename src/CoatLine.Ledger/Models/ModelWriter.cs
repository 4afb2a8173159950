using System.Data;
using System.Data.Common;

namespace CoatLine.Ledger.Models;

/// <summary>Writes and reads the tables of the models over one connection. What is particular to a database is how it
/// takes many rows.</summary>
internal class ModelWriter(DbConnection connection, ModelSql sql) : IAsyncDisposable
{
    protected DbConnection Connection => connection;

    protected ModelSql Sql => sql;

    public ValueTask<DbTransaction> BeginAsync(CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

    public async Task<Dictionary<string, ModelPosition>> PositionsAsync(CancellationToken cancellationToken)
    {
        var positions = new Dictionary<string, ModelPosition>(StringComparer.Ordinal);
        await using DbCommand command = Command(sql.ReadPositions);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            string line = reader.GetString(0);
            positions[line] = new ModelPosition(
                line, reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4) != 0);
        }

        return positions;
    }

    /// <summary>A projector that goes on where the tables end.</summary>
    public async Task<ModelProjector> ResumeAsync(CancellationToken cancellationToken) => new(
        await RowsAsync(ModelTable.Batches, sql.Select(ModelTable.Batches), cancellationToken).ConfigureAwait(false),
        await RowsAsync(ModelTable.Alarms, sql.SelectLastAlarms, cancellationToken).ConfigureAwait(false));

    /// <summary>Moves a line from where the caller knows it to be; false when it is somewhere else.</summary>
    public async Task<bool> MoveAsync(long from, ModelPosition to, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(from == 0 ? sql.BeginPosition : sql.MovePosition);
        Set(command, "@line", to.Line);
        Set(command, "@to", to.Seq);
        Set(command, "@hash", to.Hash);
        Set(command, "@skipped", to.Skipped);
        Set(command, "@verified", to.IsVerified ? 1L : 0L);
        if (from > 0)
        {
            Set(command, "@from", from);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    public async Task WriteAsync(ModelPage page, CancellationToken cancellationToken)
    {
        foreach (ModelTable table in ModelTable.All)
        {
            IReadOnlyCollection<object?[]> rows = table.IsReplaced ? page.Replaced(table) : page.Added(table);
            if (rows.Count == 0)
            {
                continue;
            }

            Task written = table.IsReplaced
                ? ReplaceAsync(table, rows, cancellationToken)
                : AddAsync(table, rows, cancellationToken);
            await written.ConfigureAwait(false);
        }
    }

    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(sql.DeleteAll);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<long> CountAsync(ModelTable table, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(sql.Count(table));
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public async Task<IReadOnlyList<object?[]>> ListAsync(
        ModelTable table, string? batch, int limit, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(sql.List(table, batch is not null));
        Set(command, "@limit", (long)limit);
        if (batch is not null)
        {
            Set(command, "@batch", batch);
        }

        return await RowsAsync(table, command, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    protected virtual Task AddAsync(
        ModelTable table, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken) =>
        EachAsync(sql.Insert(table), rows, cancellationToken);

    protected virtual Task ReplaceAsync(
        ModelTable table, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken) =>
        EachAsync(sql.Upsert(table), rows, cancellationToken);

    /// <summary>One prepared statement, over and over.</summary>
    private async Task EachAsync(
        string text, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(text);
        for (int i = 0; i < rows.First().Length; i++)
        {
            Set(command, ModelSql.Parameter(i), null);
        }

        foreach (object?[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i] ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<object?[]>> RowsAsync(ModelTable table, string text, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(text);
        return await RowsAsync(table, command, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<object?[]>> RowsAsync(
        ModelTable table, DbCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<object?[]>();
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add([
                .. table.Columns.Select((column, i) => reader.IsDBNull(i) ? null
                    : column.Holds == ModelValue.Text ? reader.GetString(i)
                    : column.Holds == ModelValue.Whole ? reader.GetInt64(i)
                    : (object)reader.GetDouble(i)),
            ]);
        }

        return rows;
    }

    private DbCommand Command(string text)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private static void Set(DbCommand command, string name, object? value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
