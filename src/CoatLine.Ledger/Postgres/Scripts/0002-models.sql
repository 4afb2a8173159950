-- Read models, layout 1: made from the chain alone, so whoever may write them may also throw them away and make them
-- anew. Columns as in CoatLine.Ledger/Models/ModelTable.cs, described in LEDGER.md.

CREATE SCHEMA coatline_model;
CREATE TABLE coatline_model.layout(version int NOT NULL);
INSERT INTO coatline_model.layout(version) VALUES (1);

-- How far each line is, moved in the transaction that writes the rows.
CREATE TABLE coatline_model.position(
  line     text COLLATE "C" PRIMARY KEY,
  seq      bigint NOT NULL,
  hash     text COLLATE "C" NOT NULL,
  skipped  bigint NOT NULL,
  verified bigint NOT NULL);

CREATE TABLE coatline_model.batches(
  line           text COLLATE "C" NOT NULL,
  batch          text COLLATE "C" NOT NULL,
  recipe         text COLLATE "C",
  recipe_version bigint,
  class          text COLLATE "C",
  state          text COLLATE "C" NOT NULL,
  events         bigint NOT NULL,
  mix_cycles     bigint NOT NULL,
  sheets         text COLLATE "C" NOT NULL,
  sheet_count    bigint NOT NULL,
  first_seq      bigint NOT NULL,
  last_seq       bigint NOT NULL,
  first_time     text COLLATE "C" NOT NULL,
  last_time      text COLLATE "C" NOT NULL,
  PRIMARY KEY (line, batch));

CREATE TABLE coatline_model.genealogy(
  line      text COLLATE "C" NOT NULL,
  seq       bigint NOT NULL,
  nth       bigint NOT NULL,
  batch     text COLLATE "C" NOT NULL,
  time      text COLLATE "C" NOT NULL,
  relation  text COLLATE "C" NOT NULL,
  from_kind text COLLATE "C" NOT NULL,
  from_id   text COLLATE "C" NOT NULL,
  material  text COLLATE "C",
  into_kind text COLLATE "C" NOT NULL,
  into_id   text COLLATE "C" NOT NULL,
  amount    double precision,
  unit      text COLLATE "C",
  PRIMARY KEY (line, seq, nth));
CREATE INDEX genealogy_from ON coatline_model.genealogy(from_id);
CREATE INDEX genealogy_into ON coatline_model.genealogy(into_id);

CREATE TABLE coatline_model.measurements(
  line             text COLLATE "C" NOT NULL,
  seq              bigint NOT NULL,
  nth              bigint NOT NULL,
  batch            text COLLATE "C" NOT NULL,
  time             text COLLATE "C" NOT NULL,
  sheet            text COLLATE "C",
  subject          text COLLATE "C",
  quantity         text COLLATE "C" NOT NULL,
  value            double precision NOT NULL,
  unit             text COLLATE "C" NOT NULL,
  uncertainty      double precision,
  uncertainty_kind text COLLATE "C",
  PRIMARY KEY (line, seq, nth));
CREATE INDEX measurements_by_batch ON coatline_model.measurements(batch, line, seq);

CREATE TABLE coatline_model.spc(
  line           text COLLATE "C" NOT NULL,
  batch          text COLLATE "C" NOT NULL,
  sheet          text COLLATE "C" NOT NULL,
  characteristic text COLLATE "C" NOT NULL,
  site           bigint NOT NULL,
  value          double precision NOT NULL,
  unit           text COLLATE "C" NOT NULL,
  seq            bigint NOT NULL,
  time           text COLLATE "C" NOT NULL,
  PRIMARY KEY (line, batch, sheet, characteristic, site));

CREATE TABLE coatline_model.alarms(
  line            text COLLATE "C" NOT NULL,
  seq             bigint NOT NULL,
  batch           text COLLATE "C" NOT NULL,
  equipment       text COLLATE "C" NOT NULL,
  alarm           text COLLATE "C" NOT NULL,
  severity        bigint NOT NULL,
  message         text COLLATE "C",
  raised_at       text COLLATE "C",
  acknowledged_at text COLLATE "C",
  acknowledged_by text COLLATE "C",
  cleared_at      text COLLATE "C",
  shelved_until   text COLLATE "C",
  last_seq        bigint NOT NULL,
  PRIMARY KEY (line, seq));

CREATE TABLE coatline_model.audit(
  line      text COLLATE "C" NOT NULL,
  seq       bigint NOT NULL,
  nth       bigint NOT NULL,
  batch     text COLLATE "C" NOT NULL,
  time      text COLLATE "C" NOT NULL,
  who       text COLLATE "C" NOT NULL,
  role      text COLLATE "C",
  what      text COLLATE "C" NOT NULL,
  meaning   text COLLATE "C" NOT NULL,
  subject   text COLLATE "C",
  reason    text COLLATE "C",
  old_value text COLLATE "C",
  new_value text COLLATE "C",
  PRIMARY KEY (line, seq, nth));

DO $$
BEGIN
  -- Roles belong to the whole server: another ledger there may have made it.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'coatline_projector') THEN
    CREATE ROLE coatline_projector NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;
REVOKE ALL ON SCHEMA coatline_model FROM PUBLIC;
GRANT USAGE ON SCHEMA coatline, coatline_model TO coatline_projector;
GRANT SELECT ON coatline.events, coatline.line_head, coatline.layout TO coatline_projector;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA coatline_model TO coatline_projector;
REVOKE INSERT, UPDATE, DELETE ON coatline_model.layout FROM coatline_projector;
GRANT USAGE ON SCHEMA coatline_model TO coatline_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA coatline_model TO coatline_reader;
