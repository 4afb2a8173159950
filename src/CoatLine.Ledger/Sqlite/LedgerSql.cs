namespace CoatLine.Ledger.Sqlite;

/// <summary>
/// Every SQL text of the SQLite ledger, and nothing else: another database is another file like this one.
/// The layout is described in LEDGER.md; a change of it is a new <see cref="SchemaVersion"/>.
/// </summary>
internal static class LedgerSql
{
    /// <summary>Marks the file as a CoatLine ledger: the letters "CLLG" (SQLite application_id).</summary>
    public const int ApplicationId = 0x434C4C47;

    /// <summary>Layout version (SQLite user_version).</summary>
    public const int SchemaVersion = 1;

    public const string CreateSchema = """
        CREATE TABLE events(
          line     TEXT    NOT NULL,
          seq      INTEGER NOT NULL,
          id       TEXT    NOT NULL,
          type     TEXT    NOT NULL,
          batch    TEXT    NOT NULL,
          time     TEXT    NOT NULL,
          payload  TEXT    NOT NULL,
          prevhash TEXT    NOT NULL,
          hash     TEXT    NOT NULL,
          PRIMARY KEY(line, seq));
        CREATE INDEX events_by_batch ON events(batch, line, seq);
        CREATE TABLE line_head(
          line TEXT    NOT NULL PRIMARY KEY,
          seq  INTEGER NOT NULL,
          hash TEXT    NOT NULL);
        """;

    /// <summary>WAL keeps readers out of the writer's way; FULL makes a commit durable before it is reported.</summary>
    public const string WriterPragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

    public const string ReadIdentity =
        "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), " +
        "(SELECT count(*) FROM sqlite_schema)";

    public const string ReadColumns =
        "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c " +
        "WHERE m.name IN ('events', 'line_head') AND m.type = 'table'";

    public const string ReadLines = "SELECT CAST(line AS TEXT) FROM line_head ORDER BY line";

    public const string ReadHead = "SELECT seq, hash FROM line_head WHERE line = @line";

    public const string ReadHash = "SELECT hash FROM events WHERE line = @line AND seq = @seq";

    public const string ReadHashes =
        "SELECT seq, hash FROM events WHERE line = @line AND seq BETWEEN @first AND @last ORDER BY seq";

    /// <summary>The cast stores the very bytes as text: no transcoding on the way in.</summary>
    public const string InsertEvent =
        "INSERT INTO events(line, seq, id, type, batch, time, payload, prevhash, hash) " +
        "VALUES(@Line, @Seq, @Id, @Type, @Batch, @Time, CAST(@Payload AS TEXT), @Prevhash, @Hash)";

    public const string MoveHead =
        "INSERT INTO line_head(line, seq, hash) VALUES(@line, @seq, @hash) " +
        "ON CONFLICT(line) DO UPDATE SET seq = excluded.seq, hash = excluded.hash";

    /// <summary>
    /// The casts give the stored bytes whatever the storage class has become; the last column says which it is, so
    /// that a text turned into a blob is found although its bytes are the same.
    /// </summary>
    public const string WalkEvents =
        "SELECT CAST(line AS BLOB), CAST(seq AS BLOB), CAST(id AS BLOB), CAST(type AS BLOB), CAST(batch AS BLOB), " +
        "CAST(time AS BLOB), CAST(payload AS BLOB), CAST(prevhash AS BLOB), CAST(hash AS BLOB), " +
        "typeof(line) || ',' || typeof(seq) || ',' || typeof(id) || ',' || typeof(type) || ',' || typeof(batch) " +
        "|| ',' || typeof(time) || ',' || typeof(payload) || ',' || typeof(prevhash) || ',' || typeof(hash) " +
        "FROM events ORDER BY line, seq";

    public const string WalkHeads =
        "SELECT CAST(line AS BLOB), CAST(seq AS BLOB), CAST(hash AS BLOB), " +
        "typeof(line) || ',' || typeof(seq) || ',' || typeof(hash) FROM line_head ORDER BY line";

    public const string IntegrityCheck = "PRAGMA integrity_check(20)";

    /// <summary>Casts keep a row readable for people whatever was done to it.</summary>
    public const string QueryEvents =
        "SELECT CAST(line AS TEXT) AS Line, CAST(seq AS INTEGER) AS Seq, CAST(id AS TEXT) AS Id, " +
        "CAST(type AS TEXT) AS Type, CAST(batch AS TEXT) AS Batch, CAST(time AS TEXT) AS Time, " +
        "CAST(payload AS TEXT) AS Payload, CAST(prevhash AS TEXT) AS PreviousHash, CAST(hash AS TEXT) AS Hash " +
        "FROM events WHERE (@Line IS NULL OR line = @Line) AND seq >= @FromSeq " +
        "AND (@Type IS NULL OR type = @Type OR substr(type, 1, length(@TypeFirst)) = @TypeFirst) " +
        "AND (@Batch IS NULL OR batch = @Batch) ORDER BY line, seq LIMIT @Limit";

    /// <summary>
    /// Counts by type of each batch; the numbers of the first and last event of that type come along.
    /// </summary>
    public const string QueryBatchTypes =
        "SELECT CAST(line AS TEXT) AS Line, CAST(batch AS TEXT) AS Batch, CAST(type AS TEXT) AS Type, " +
        "count(*) AS Count, CAST(min(seq) AS INTEGER) AS FirstSeq, CAST(max(seq) AS INTEGER) AS LastSeq " +
        "FROM events WHERE batch <> '' AND (@batch IS NULL OR batch = @batch) " +
        "GROUP BY line, batch, type ORDER BY line, batch, type";

    public const string QueryTime = "SELECT CAST(time AS TEXT) FROM events WHERE line = @line AND seq = @seq";
}
