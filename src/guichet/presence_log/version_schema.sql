-- What acts became by decisions of the NSSO. The log itself never changes: a version stands beside
-- the act, whole, and the last one holds. Few acts have any, so everything here is small: readers
-- pay one look into a small index.
CREATE TABLE presence_version (
    receipt            bigint      NOT NULL,
    occurred_at        timestamptz NOT NULL,
    received_at        timestamptz NOT NULL,
    -- Of the row in the log: its partition, and what it said first.
    logged_at          timestamptz NOT NULL,
    decided_at         timestamptz NOT NULL,
    recorded_in        bigint      NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    decided_by         bigint      NOT NULL,
    longitude          float8,
    latitude           float8,
    sender             integer,
    offset_minutes     smallint    NOT NULL,
    version            smallint    NOT NULL,
    status             text COLLATE "C" NOT NULL,
    type               text COLLATE "C" NOT NULL,
    ssin               text COLLATE "C" NOT NULL,
    enterprise_number  text COLLATE "C",
    foreign_vat_number text COLLATE "C",
    works_reference    text COLLATE "C" NOT NULL,
    activity           text COLLATE "C" NOT NULL,
    channel            text COLLATE "C" NOT NULL,
    custom_reference   text,
    address            jsonb,
    case_number        text COLLATE "C" NOT NULL,
    PRIMARY KEY (receipt, version),
    CONSTRAINT presence_version_numbered CHECK (version > 0),
    CONSTRAINT presence_version_status_known CHECK (status IN ('edited', 'cancelled')),
    CONSTRAINT presence_version_type_known CHECK (type IN ('in', 'out')),
    CONSTRAINT presence_version_one_employer
        CHECK ((enterprise_number IS NULL) <> (foreign_vat_number IS NULL))
);
CREATE INDEX presence_version_person ON presence_version (ssin, occurred_at);
CREATE INDEX presence_version_enterprise ON presence_version (enterprise_number, occurred_at);
CREATE INDEX presence_version_works ON presence_version (works_reference, occurred_at);
CREATE INDEX presence_version_sender ON presence_version (sender);
CREATE INDEX presence_version_recorded ON presence_version (recorded_in);
CREATE INDEX presence_version_case ON presence_version (case_number);

-- What holds now, one row an act: every reader of acts reads here (the log is read by who writes
-- to it, and by the history of an act). Both halves are plain tables, so that conditions, joins on
-- the receipt and the pruning of partitions reach their indexes.
CREATE VIEW presence_current AS
SELECT act.*
FROM (
    SELECT receipt, 0::smallint AS version, occurred_at, received_at, occurred_at AS logged_at,
           received_at AS status_at, 'registered'::text COLLATE "C" AS status, recorded_in,
           longitude, latitude, sender, offset_minutes, type, ssin,
           enterprise_number, foreign_vat_number, works_reference, activity, channel,
           custom_reference, address
    FROM presence_act
    UNION ALL
    SELECT receipt, version, occurred_at, received_at, logged_at,
           decided_at, status, recorded_in,
           longitude, latitude, sender, offset_minutes, type, ssin,
           enterprise_number, foreign_vat_number, works_reference, activity, channel,
           custom_reference, address
    FROM presence_version
) AS act
WHERE NOT EXISTS (
    SELECT FROM presence_version AS later
    WHERE later.receipt = act.receipt AND later.version > act.version);
