-- The presses of one call, and one line in the trail for each, as the page's button leaves them.
WITH press AS (
    SELECT *
    FROM json_to_recordset(%(rows)s::json) AS row (
        key uuid, part smallint, step text, receipt bigint, position text, metres integer,
        device_at timestamptz)
), kept AS (
    INSERT INTO presence_press (
        person_id, key, part, step, receipt, pressed_at, position, accuracy_metres, device_at)
    SELECT %(person)s, key, part, step, receipt, %(now)s, position, metres, device_at
    FROM press
)
INSERT INTO audit_entry (
    at, action, actor_kind, actor_id, target, reason, detail, result, trace_id)
SELECT %(now)s, 'presence.step.pressed', 'person', %(ssin)s,
       string_agg(receipt::text, ' ' ORDER BY part), '',
       jsonb_build_object('step', min(step), 'position', min(position), 'door', 'phone'),
       'ok', %(trace)s
FROM press
GROUP BY key
