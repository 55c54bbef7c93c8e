-- One JSON parameter for all rows: adapting arrays costs the client four times as much. Its members
-- have names of one letter (acts.py), because every row repeats them.
INSERT INTO presence_act (
    receipt, occurred_at, received_at, recorded_in, longitude, latitude, sender, offset_minutes,
    type, ssin, enterprise_number, foreign_vat_number, works_reference, activity, channel,
    custom_reference, address)
SELECT n, o, r, (SELECT pg_current_xact_id()::text::bigint), x, y, s, m, t, p, e, f, w, v, c, u, a
FROM json_to_recordset(%s::json) AS act (
    n bigint, o timestamptz, r timestamptz, x float8, y float8, s integer, m smallint, t text,
    p text, e text, f text, w text, v text, c text, u text, a jsonb)
ON CONFLICT DO NOTHING
