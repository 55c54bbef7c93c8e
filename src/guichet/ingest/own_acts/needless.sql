-- The act came in time after all, from a second phone: nothing is missing, nothing is to be asked.
WITH withdrawn AS (
    UPDATE presence_correction SET state = 'withdrawn'
    WHERE id = ANY(%(numbers)s) AND state = 'prepared'
    RETURNING id, kind, reason
)
INSERT INTO audit_entry (
    at, action, actor_kind, actor_id, target, reason, detail, result, trace_id)
SELECT %(now)s, 'presence.correction.withdrawn', 'person', %(ssin)s, id::text, 'registered',
       jsonb_build_object('kind', kind, 'reason', reason, 'state', 'withdrawn'), 'ok', %(trace)s
FROM withdrawn
