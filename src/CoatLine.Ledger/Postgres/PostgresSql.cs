namespace CoatLine.Ledger.Postgres;

/// <summary>
/// Every SQL text of the ledger in PostgreSQL except its layout, which is made by <c>Scripts</c>. The layout is
/// described in LEDGER.md.
/// </summary>
internal static class PostgresSql
{
    /// <summary>Layout version that this program knows.</summary>
    public const int LayoutVersion = 1;

    public const string Schema = "coatline";

    public const string ReadLayout = "SELECT max(version) FROM coatline.layout";

    /// <summary>One writer at a time on a line, over all processes; given back with the transaction.</summary>
    public const string LockLine = "SELECT pg_advisory_xact_lock(@key)";

    /// <summary>The head, and the hash of the row that it stands for.</summary>
    public const string ReadHead =
        "SELECT h.seq, h.hash, e.hash FROM coatline.line_head h " +
        "LEFT JOIN coatline.events e ON e.line = h.line AND e.seq = h.seq WHERE h.line = @line";

    public const string ReadLines = "SELECT line FROM coatline.line_head ORDER BY line";

    public const string ReadHashes =
        "SELECT seq, hash FROM coatline.events WHERE line = @line AND seq BETWEEN @first AND @last ORDER BY seq";

    public const string CopyEvents =
        "COPY coatline.events(line, seq, id, type, batch, time, payload, prevhash, hash) FROM STDIN (FORMAT BINARY)";

    public const string MoveHead = "SELECT coatline.move_head(@line, @from, @to, @hash)";

    public const string QueryEvents =
        "SELECT line, seq, id, type, batch, time, payload, encode(prevhash, 'hex'), " +
        "encode(hash, 'hex') FROM coatline.events WHERE (@Line::text IS NULL OR line = @Line) AND seq >= @FromSeq " +
        "AND (@Type::text IS NULL OR type = @Type OR starts_with(type, @TypeFirst)) " +
        "AND (@Batch::text IS NULL OR (batch = @Batch AND batch <> '')) ORDER BY line, seq LIMIT @Limit";

    public const string QueryBatchTypes =
        "SELECT line, batch, type, count(*), min(seq), max(seq) FROM coatline.events " +
        "WHERE batch <> '' AND (@batch::text IS NULL OR batch = @batch) GROUP BY line, batch, type " +
        "ORDER BY line, batch, type";

    public const string QueryTime = "SELECT time FROM coatline.events WHERE line = @line AND seq = @seq";

    /// <summary>Columns as bytes, as the walk over a file gives them; here no column can change its type.</summary>
    public const string WalkEvents =
        "SELECT convert_to(line, 'UTF8'), convert_to(seq::text, 'UTF8'), convert_to(id, 'UTF8'), " +
        "convert_to(type, 'UTF8'), convert_to(batch, 'UTF8'), convert_to(time, 'UTF8'), payload, " +
        "convert_to(encode(prevhash, 'hex'), 'UTF8'), convert_to(encode(hash, 'hex'), 'UTF8'), " +
        "'text,integer,text,text,text,text,text,text,text' FROM coatline.events ORDER BY line, seq";

    public const string WalkHeads =
        "SELECT convert_to(line, 'UTF8'), convert_to(seq::text, 'UTF8'), convert_to(encode(hash, 'hex'), 'UTF8'), " +
        "'text,integer,text' FROM coatline.line_head ORDER BY line";
}
