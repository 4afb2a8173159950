namespace CoatLine.Engine.Journaling;

/// <summary>The statements of the journal file; its layout is described in <c>JOURNAL.md</c>.</summary>
internal static class JournalSql
{
    /// <summary>Number in <c>PRAGMA user_version</c>; another number is another layout.</summary>
    public const int Format = 2;

    public const string Create = """
        CREATE TABLE journal (
          one            INTEGER PRIMARY KEY CHECK (one = 1),
          line           TEXT    NOT NULL,
          epoch          INTEGER NOT NULL,
          head_seq       INTEGER NOT NULL,
          head_hash      TEXT    NOT NULL,
          confirmed_seq  INTEGER NOT NULL,
          confirmed_hash TEXT    NOT NULL
        );
        CREATE TABLE events (
          seq      INTEGER PRIMARY KEY,
          id       TEXT NOT NULL UNIQUE,
          type     TEXT NOT NULL,
          batch    TEXT NOT NULL,
          time     TEXT NOT NULL,
          payload  BLOB NOT NULL,
          prevhash TEXT NOT NULL,
          hash     TEXT NOT NULL
        );
        CREATE INDEX events_of_batch ON events (batch, seq);
        CREATE TABLE batches (
          batch      TEXT PRIMARY KEY,
          closed_seq INTEGER
        ) WITHOUT ROWID;
        CREATE TABLE units (
          unit    TEXT PRIMARY KEY,
          pending TEXT NOT NULL,
          ack     TEXT NOT NULL,
          result  TEXT NOT NULL
        ) WITHOUT ROWID;
        """ + CreateKept;

    /// <summary>What format 2 has over format 1.</summary>
    public const string CreateKept = """

        CREATE TABLE kept (
          kind  TEXT NOT NULL,
          key   TEXT NOT NULL,
          value TEXT NOT NULL,
          PRIMARY KEY (kind, key)
        ) WITHOUT ROWID;
        """;

    public const string WriteKept = """
        INSERT INTO kept (kind, key, value) VALUES (@Kind, @Key, @Value)
        ON CONFLICT (kind, key) DO UPDATE SET value = @Value
        """;

    public const string ForgetKept = "DELETE FROM kept WHERE kind = @Kind AND key = @Key";

    public const string ReadKept = "SELECT key AS Key, value AS Value FROM kept WHERE kind = @Kind ORDER BY key";

    public const string Begin =
        "INSERT INTO journal VALUES (1, @Line, 0, 0, @Zero, 0, @Zero)";

    public const string Head = """
        SELECT line AS Line, epoch AS Epoch, head_seq AS HeadSeq, head_hash AS HeadHash,
               confirmed_seq AS ConfirmedSeq, confirmed_hash AS ConfirmedHash
        FROM journal WHERE one = 1
        """;

    public const string Insert = """
        INSERT INTO events (seq, id, type, batch, time, payload, prevhash, hash)
        VALUES (@Seq, @Id, @Type, @Batch, @Time, @Payload, @PrevHash, @Hash)
        """;

    public const string MoveHead = "UPDATE journal SET head_seq = @Seq, head_hash = @Hash WHERE one = 1";

    public const string OpenBatch = "INSERT INTO batches (batch, closed_seq) VALUES (@Batch, NULL)";

    public const string CloseBatch = "UPDATE batches SET closed_seq = @Seq WHERE batch = @Batch";

    /// <summary>A unit is about to get a request.</summary>
    public const string UnitAsked = """
        INSERT INTO units (unit, pending, ack, result) VALUES (@Unit, @Id, @Ack, @Result)
        ON CONFLICT (unit) DO UPDATE SET pending = @Id, ack = @Ack, result = @Result
        """;

    /// <summary>It latched the request: its result block is cleared.</summary>
    public const string UnitLatched = "UPDATE units SET ack = @Id, result = @None WHERE pending = @Id";

    /// <summary>It refused the request: its result block stays.</summary>
    public const string UnitRefused = "UPDATE units SET ack = @Id WHERE pending = @Id";

    /// <summary>It latched the result.</summary>
    public const string UnitConcluded = "UPDATE units SET ack = @Id, result = @Id WHERE pending = @Id";

    /// <summary>Nobody knows what became of the request: what the unit says next is taken as it is.</summary>
    public const string UnitUnknown = "DELETE FROM units WHERE pending = @Id";

    public const string UnitTrace = "SELECT ack AS Ack, result AS Result FROM units WHERE unit = @Unit";

    public const string MoveEpoch = "UPDATE journal SET epoch = @Epoch WHERE one = 1";

    public const string MoveMark =
        "UPDATE journal SET confirmed_seq = @Seq, confirmed_hash = @Hash WHERE one = 1";

    /// <summary>Confirmed rows of the line itself and of batches whose end is confirmed too.</summary>
    public const string Retire = """
        DELETE FROM events WHERE seq <= @Seq AND (batch = '' OR batch IN
          (SELECT batch FROM batches WHERE closed_seq <= @Seq))
        """;

    public const string HashAt = "SELECT hash FROM events WHERE seq = @Seq";

    /// <summary>By the index, which is small: the table's pages hold the payloads, gigabytes of them.</summary>
    public const string CountAfter = "SELECT count(*) FROM events INDEXED BY events_of_batch WHERE seq > @AfterSeq";

    public const string Batches = "SELECT batch FROM batches ORDER BY batch";

    public const string OpenBatches = "SELECT batch FROM batches WHERE closed_seq IS NULL ORDER BY batch";

    private const string Columns = """
        SELECT seq AS Seq, id AS Id, type AS Type, batch AS Batch, time AS Time,
               CAST(payload AS BLOB) AS Payload, prevhash AS PrevHash, hash AS Hash FROM events
        """;

    public const string After = Columns + " WHERE seq > @AfterSeq ORDER BY seq LIMIT @Max";

    public const string Tail = Columns + " ORDER BY seq DESC LIMIT @Max";

    public const string OfBatch = Columns + " WHERE batch = @Batch AND seq > @AfterSeq ORDER BY seq LIMIT @Max";
}
