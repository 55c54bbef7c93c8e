-- One JSON parameter for all rows, like the acts; members as in days.py.
INSERT INTO presence_day (
    receipt, recorded_in, created_at, registered_by, sender, day, ssin, limosa_number,
    enterprise_number, foreign_vat_number, works_reference, activity, channel, sender_enterprise,
    capacity, custom_reference)
SELECT receipt, (SELECT pg_current_xact_id()::text::bigint), created_at, registered_by, sender, day,
       ssin, limosa_number, enterprise_number, foreign_vat_number, works_reference, activity,
       channel, sender_enterprise, capacity, custom_reference
FROM json_to_recordset(%s::json) AS presence (
    receipt bigint, created_at timestamptz, registered_by bigint, sender integer, day date,
    ssin text, limosa_number text, enterprise_number text, foreign_vat_number text,
    works_reference text, activity text, channel text, sender_enterprise text, capacity text,
    custom_reference text)
ON CONFLICT DO NOTHING
