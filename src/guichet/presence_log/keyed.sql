-- A call with an Idempotency-Key: the kept answer and the acts stand or fall together.
-- One row comes back when the key is ours; none when somebody holds it already (a key older than
-- a day counts as free). A second caller with the same key waits here for the first one's commit.
WITH claim AS (
    INSERT INTO presence_idempotency AS held (client_id, key, body_digest, answer, created_at)
    VALUES (%(client_id)s, %(key)s, %(body_digest)s, %(answer)s, %(now)s)
    ON CONFLICT (client_id, key) DO UPDATE
        SET body_digest = excluded.body_digest,
            answer = excluded.answer,
            created_at = excluded.created_at
        WHERE held.created_at < excluded.created_at - interval '24 hours'
    RETURNING 1
), stored AS (
    INSERT INTO presence_act (
        receipt, occurred_at, received_at, recorded_in, longitude, latitude, sender,
        offset_minutes, type, ssin, enterprise_number, foreign_vat_number, works_reference,
        activity, channel, custom_reference, address)
    SELECT
        n, o, r, (SELECT pg_current_xact_id()::text::bigint), x, y, s, m, t, p, e, f, w, v, c, u, a
    FROM json_to_recordset(%(acts)s::json) AS act (
        n bigint, o timestamptz, r timestamptz, x float8, y float8, s integer, m smallint, t text,
        p text, e text, f text, w text, v text, c text, u text, a jsonb)
    WHERE EXISTS (SELECT 1 FROM claim)
)
SELECT 1 FROM claim
