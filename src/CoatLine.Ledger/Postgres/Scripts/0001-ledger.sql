-- Layout 1 of the ledger in PostgreSQL. What stands in a column is described in LEDGER.md.
-- The owner of these objects is whoever runs this; the writer only adds, the reader only reads.

CREATE TABLE coatline.layout(version int NOT NULL);
INSERT INTO coatline.layout(version) VALUES (1);

CREATE TABLE coatline.events(
  line     text   COLLATE "C" NOT NULL,
  seq      bigint NOT NULL,
  id       text   COLLATE "C" NOT NULL,
  type     text   COLLATE "C" NOT NULL,
  batch    text   COLLATE "C" NOT NULL,
  time     text   COLLATE "C" NOT NULL,
  payload  bytea  NOT NULL,
  prevhash bytea  NOT NULL,
  hash     bytea  NOT NULL,
  PRIMARY KEY (line, seq));
-- JSON of half a kilobyte: compressing it costs the writer more than the room is worth.
ALTER TABLE coatline.events ALTER COLUMN payload SET STORAGE EXTERNAL;
CREATE INDEX events_by_batch ON coatline.events(batch, line, seq) WHERE batch <> '';

CREATE TABLE coatline.line_head(
  line text COLLATE "C" PRIMARY KEY,
  seq  bigint NOT NULL,
  hash bytea  NOT NULL);

CREATE FUNCTION coatline.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger only grows: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON coatline.events
  FOR EACH ROW EXECUTE FUNCTION coatline.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON coatline.events
  FOR EACH STATEMENT EXECUTE FUNCTION coatline.refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON coatline.line_head
  FOR EACH ROW EXECUTE FUNCTION coatline.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON coatline.line_head
  FOR EACH STATEMENT EXECUTE FUNCTION coatline.refuse_change();

CREATE FUNCTION coatline.forward_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.line <> OLD.line OR NEW.seq <= OLD.seq THEN
    RAISE EXCEPTION 'the head of % moves forward only: from % to % is refused', OLD.line, OLD.seq, NEW.seq
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER forward_only BEFORE UPDATE ON coatline.line_head
  FOR EACH ROW EXECUTE FUNCTION coatline.forward_only();

-- The one way to move a head, with the owner's rights: from where the caller knows it to be, to an event that is there.
-- False when somebody else has moved it, or the event is not there.
CREATE FUNCTION coatline.move_head(head_line text, from_seq bigint, to_seq bigint, to_hash bytea)
  RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM coatline.events e WHERE e.line = head_line AND e.seq = to_seq AND e.hash = to_hash) THEN
    RETURN false;
  END IF;
  IF from_seq = 0 THEN
    INSERT INTO coatline.line_head(line, seq, hash) VALUES (head_line, to_seq, to_hash) ON CONFLICT DO NOTHING;
  ELSE
    UPDATE coatline.line_head h SET seq = to_seq, hash = to_hash WHERE h.line = head_line AND h.seq = from_seq;
  END IF;
  RETURN FOUND;
END $$;

DO $$
BEGIN
  -- Roles belong to the whole server: another ledger there may have made them.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'coatline_writer') THEN
    CREATE ROLE coatline_writer NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'coatline_reader') THEN
    CREATE ROLE coatline_reader NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;
REVOKE ALL ON SCHEMA coatline FROM PUBLIC;
REVOKE ALL ON FUNCTION coatline.move_head(text, bigint, bigint, bytea) FROM PUBLIC;
GRANT USAGE ON SCHEMA coatline TO coatline_writer, coatline_reader;
GRANT SELECT, INSERT ON coatline.events TO coatline_writer;
GRANT SELECT ON coatline.line_head, coatline.layout TO coatline_writer;
GRANT EXECUTE ON FUNCTION coatline.move_head(text, bigint, bigint, bytea) TO coatline_writer;
GRANT SELECT ON coatline.events, coatline.line_head, coatline.layout TO coatline_reader;
