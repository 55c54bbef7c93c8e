-- Presences of a day (Checkin@Work): one row for each person, employer, site and day, announced
-- before the work or on the day itself. Append-only like the acts, and with the same receipts; a
-- cancellation is a row beside it, and a change is a cancellation and a new registration.
CREATE TABLE presence_day (
    receipt            bigint      NOT NULL,
    recorded_in        bigint      NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    created_at         timestamptz NOT NULL,
    registered_by      bigint,
    sender             integer,
    day                date        NOT NULL,
    ssin               text COLLATE "C",
    limosa_number      text COLLATE "C",
    enterprise_number  text COLLATE "C",
    foreign_vat_number text COLLATE "C",
    works_reference    text COLLATE "C" NOT NULL,
    activity           text COLLATE "C" NOT NULL,
    channel            text COLLATE "C" NOT NULL,
    sender_enterprise  text COLLATE "C",
    capacity           text COLLATE "C",
    custom_reference   text,
    CONSTRAINT presence_day_receipt_positive CHECK (receipt > 0),
    CONSTRAINT presence_day_one_person CHECK ((ssin IS NULL) <> (limosa_number IS NULL)),
    CONSTRAINT presence_day_ssin_length CHECK (octet_length(ssin) = 11),
    CONSTRAINT presence_day_limosa_length CHECK (octet_length(limosa_number) = 17),
    CONSTRAINT presence_day_one_employer_at_most
        CHECK (enterprise_number IS NULL OR foreign_vat_number IS NULL),
    CONSTRAINT presence_day_employer_of_a_number
        CHECK (ssin IS NULL OR (enterprise_number IS NULL) <> (foreign_vat_number IS NULL)),
    CONSTRAINT presence_day_capacity_known
        CHECK (capacity IN ('employee', 'employer', 'selfEmployed')),
    CONSTRAINT presence_day_text_lengths
        CHECK (octet_length(works_reference) <= 13 AND length(custom_reference) <= 64)
) PARTITION BY RANGE (day);

CREATE INDEX presence_day_person ON presence_day (ssin, day);
CREATE INDEX presence_day_limosa ON presence_day (limosa_number) WHERE limosa_number IS NOT NULL;
CREATE INDEX presence_day_enterprise ON presence_day (enterprise_number, day);
CREATE INDEX presence_day_works ON presence_day (works_reference, day);
CREATE INDEX presence_day_sent_for ON presence_day (sender_enterprise, day);
CREATE INDEX presence_day_recorded ON presence_day (recorded_in);

CREATE TABLE presence_day_cancellation (
    receipt      bigint      NOT NULL,
    day          date        NOT NULL,
    cancelled_at timestamptz NOT NULL,
    cancelled_by bigint,
    sender       integer,
    reason       text COLLATE "C" NOT NULL,
    PRIMARY KEY (receipt, day),
    CONSTRAINT presence_day_cancellation_reason_known
        CHECK (reason IN ('HOLIDAY', 'DISEASE', 'PLANNING', 'C32A', 'OTHER'))
) PARTITION BY RANGE (day);

CREATE TABLE presence_day_verdict (
    receipt    bigint      NOT NULL,
    day        date        NOT NULL,
    decided_at timestamptz NOT NULL,
    round      smallint    NOT NULL,
    is_current boolean     NOT NULL,
    validity   text COLLATE "C" NOT NULL,
    remarks    text[] COLLATE "C" NOT NULL,
    PRIMARY KEY (receipt, day, round),
    CONSTRAINT presence_day_verdict_round_positive CHECK (round > 0),
    CONSTRAINT presence_day_verdict_validity_known CHECK (validity IN ('validated', 'failed'))
) PARTITION BY RANGE (day);
CREATE UNIQUE INDEX presence_day_verdict_one_current ON presence_day_verdict (receipt, day)
    WHERE is_current;

-- Make the partitions of the month in which a_day falls; true when there was something to make.
CREATE FUNCTION presence_ensure_day_month(a_day date) RETURNS boolean
LANGUAGE plpgsql AS $body$
DECLARE
    first_day date := date_trunc('month', a_day::timestamp)::date;
    next_day  date := (first_day + interval '1 month')::date;
    suffix    text := to_char(first_day, 'YYYY_MM');
    parent    text;
    made      boolean := false;
BEGIN
    IF to_regclass('presence_day_' || suffix) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('presence_ensure_month'));
    -- The table of the presences last: where it is, the others are.
    FOREACH parent IN ARRAY
        ARRAY['presence_day_cancellation', 'presence_day_verdict', 'presence_day'] LOOP
        CONTINUE WHEN to_regclass(parent || '_' || suffix) IS NOT NULL;
        EXECUTE format(
            'CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
            parent || '_' || suffix, parent);
        IF parent = 'presence_day' THEN
            EXECUTE format('CREATE UNIQUE INDEX %I ON %I (receipt)',
                parent || '_' || suffix || '_receipt', parent || '_' || suffix);
        END IF;
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            parent, parent || '_' || suffix, first_day, next_day);
        made := true;
    END LOOP;
    RETURN made;
END
$body$;

CREATE FUNCTION presence_ensure_day_months(first_day date, last_day date) RETURNS integer
LANGUAGE sql AS $body$
    SELECT count(*) FILTER (WHERE presence_ensure_day_month(month::date))::integer
    FROM generate_series(
        date_trunc('month', first_day::timestamp), last_day::timestamp, interval '1 month') AS month
$body$;
