-- The log of presence acts: append-only, partitioned by the month of the act in Brussels.
--
-- Column order is the one that wastes no padding: eight-byte columns, then four, two, texts last.
-- Bytes an act are counted here (docs: speed), so an index or a column is a decision, not a habit.

CREATE TABLE presence_act (
    receipt            bigint      NOT NULL,
    occurred_at        timestamptz NOT NULL,
    received_at        timestamptz NOT NULL,
    -- Transaction that stored the row: a reader who asks for
    -- recorded_in >= its mark AND recorded_in < pg_snapshot_xmin(pg_current_snapshot())
    -- misses none, however late a transaction commits.
    recorded_in        bigint      NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    longitude          float8,
    latitude           float8,
    sender             integer,
    offset_minutes     smallint    NOT NULL,
    type               text COLLATE "C" NOT NULL,
    ssin               text COLLATE "C" NOT NULL,
    enterprise_number  text COLLATE "C",
    foreign_vat_number text COLLATE "C",
    works_reference    text COLLATE "C" NOT NULL,
    activity           text COLLATE "C" NOT NULL,
    channel            text COLLATE "C" NOT NULL,
    custom_reference   text,
    address            jsonb,
    CONSTRAINT presence_act_receipt_positive CHECK (receipt > 0),
    CONSTRAINT presence_act_type_known CHECK (type IN ('in', 'out')),
    CONSTRAINT presence_act_ssin_length CHECK (octet_length(ssin) = 11),
    CONSTRAINT presence_act_one_employer
        CHECK ((enterprise_number IS NULL) <> (foreign_vat_number IS NULL)),
    CONSTRAINT presence_act_one_place
        CHECK ((longitude IS NULL) = (latitude IS NULL)
               AND (longitude IS NULL) <> (address IS NULL)),
    CONSTRAINT presence_act_text_lengths
        CHECK (octet_length(works_reference) <= 13 AND length(custom_reference) <= 64)
) PARTITION BY RANGE (occurred_at);

-- A person's acts in their order: the validation asks for the one before, thousands of times a
-- second. By enterprise, site and sender the time stays out of the key: equal keys share one entry,
-- which makes nine bytes an act out of fifty, and the BRIN of the times narrows a window (BitmapAnd).
CREATE INDEX presence_act_person ON presence_act (ssin, occurred_at);
CREATE INDEX presence_act_enterprise ON presence_act (enterprise_number)
    WHERE enterprise_number IS NOT NULL;
CREATE INDEX presence_act_works ON presence_act (works_reference);
CREATE INDEX presence_act_sender ON presence_act (sender);
CREATE INDEX presence_act_time ON presence_act USING brin (occurred_at)
    WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX presence_act_recorded ON presence_act (recorded_in);
-- Each partition also has a unique index on its receipt alone (presence_ensure_month): the receipt
-- carries the day of the act, so what is unique within a month is unique. A key over
-- (receipt, occurred_at) on the parent would promise less and cost eight bytes more an act.

-- Every round of validation; no row means pending.
CREATE TABLE presence_verdict (
    receipt     bigint      NOT NULL,
    occurred_at timestamptz NOT NULL,
    decided_at  timestamptz NOT NULL,
    round       smallint    NOT NULL,
    is_current  boolean     NOT NULL,
    validity    text COLLATE "C" NOT NULL,
    remarks     text[] COLLATE "C" NOT NULL,
    PRIMARY KEY (receipt, occurred_at, round),
    CONSTRAINT presence_verdict_round_positive CHECK (round > 0),
    CONSTRAINT presence_verdict_validity_known CHECK (validity IN ('validated', 'failed'))
) PARTITION BY RANGE (occurred_at);

CREATE UNIQUE INDEX presence_verdict_one_current ON presence_verdict (receipt, occurred_at)
    WHERE is_current;

-- How far a reader of the log has come (a transaction number).
CREATE TABLE presence_watermark (
    name     text   PRIMARY KEY,
    position bigint NOT NULL
);

-- The answer to a call that carried an Idempotency-Key, kept for 24 hours.
CREATE TABLE presence_idempotency (
    client_id   text        NOT NULL,
    key         text        NOT NULL,
    body_digest text        NOT NULL,
    answer      bytea       NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (client_id, key),
    CONSTRAINT presence_idempotency_key_length CHECK (length(key) BETWEEN 1 AND 255)
);
CREATE INDEX presence_idempotency_age ON presence_idempotency (created_at);

-- One nextval is a block of 1,000 receipts: n .. n + 999 (see receipts.py).
CREATE SEQUENCE presence_receipt
    MINVALUE 0 START 0 INCREMENT 1000 MAXVALUE 999999000 CYCLE;

-- Make the partitions of the month in which a_day falls; true when there was something to make.
-- A table is made apart and attached, because ATTACH does not stop those who read and write.
CREATE FUNCTION presence_ensure_month(a_day date) RETURNS boolean
LANGUAGE plpgsql AS $body$
DECLARE
    first_day date := date_trunc('month', a_day::timestamp)::date;
    next_day  date := (first_day + interval '1 month')::date;
    suffix    text := to_char(first_day, 'YYYY_MM');
    parent    text;
    made      boolean := false;
BEGIN
    IF to_regclass('presence_act_' || suffix) IS NOT NULL
       AND to_regclass('presence_verdict_' || suffix) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('presence_ensure_month'));
    FOREACH parent IN ARRAY ARRAY['presence_act', 'presence_verdict'] LOOP
        CONTINUE WHEN to_regclass(parent || '_' || suffix) IS NOT NULL;
        EXECUTE format(
            'CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
            parent || '_' || suffix, parent);
        IF parent = 'presence_act' THEN
            EXECUTE format('CREATE UNIQUE INDEX %I ON %I (receipt) WITH (fillfactor = 100)',
                parent || '_' || suffix || '_receipt', parent || '_' || suffix);
        END IF;
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            parent, parent || '_' || suffix,
            first_day::timestamp AT TIME ZONE 'Europe/Brussels',
            next_day::timestamp AT TIME ZONE 'Europe/Brussels');
        made := true;
    END LOOP;
    RETURN made;
END
$body$;

-- Make every month from the one of first_day to the one of last_day; how many were made.
CREATE FUNCTION presence_ensure_months(first_day date, last_day date) RETURNS integer
LANGUAGE sql AS $body$
    SELECT count(*) FILTER (WHERE presence_ensure_month(month::date))::integer
    FROM generate_series(
        date_trunc('month', first_day::timestamp), last_day::timestamp, interval '1 month') AS month
$body$;
