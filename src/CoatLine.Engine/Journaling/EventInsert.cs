using System.Globalization;
using CoatLine.Domain.Events;
using Microsoft.Data.Sqlite;

namespace CoatLine.Engine.Journaling;

/// <summary>The statement that every fact needs, prepared once for a connection. For one thread at a time.</summary>
internal sealed class EventInsert : IDisposable
{
    private static readonly string[] Texts = ["@Id", "@Type", "@Batch", "@Time", "@PrevHash", "@Hash"];

    private readonly SqliteCommand _command;
    private readonly SqliteParameter _seq;
    private readonly SqliteParameter[] _texts;
    private readonly SqliteParameter _payload;

    public EventInsert(SqliteConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText = JournalSql.Insert;
        _seq = _command.Parameters.Add("@Seq", SqliteType.Integer);
        _texts = [.. Texts.Select(name => _command.Parameters.Add(name, SqliteType.Text))];
        _payload = _command.Parameters.Add("@Payload", SqliteType.Blob);
        _command.Prepare();
    }

    public void Run(SqliteTransaction transaction, ChainedEvent e)
    {
        _command.Transaction = transaction;
        _seq.Value = e.Seq;
        string[] texts =
        [
            e.EventId, e.Type, e.Batch, e.Time.ToString("O", CultureInfo.InvariantCulture), e.Previous.ToString(),
            e.Hash.ToString(),
        ];
        for (int i = 0; i < texts.Length; i++)
        {
            _texts[i].Value = texts[i];
        }

        _payload.Value = e.Payload.ToArray();
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}
