-- Of acts that are not stored: the act of the same person just before each, within a month, and
-- whether the same act stands in the log already.
SELECT asked.place, before.type, (extract(epoch FROM before.occurred_at) * 1000000)::bigint,
       before.works_reference,
       EXISTS (SELECT FROM presence_current AS act
               WHERE act.status <> 'cancelled'
                 AND act.ssin = asked.ssin AND act.occurred_at = asked.at
                 AND act.type = asked.type AND act.works_reference = asked.site)
FROM json_to_recordset(%(asked)s::json) AS asked (
    place integer, ssin text, at timestamptz, type text, site text)
LEFT JOIN LATERAL (
    SELECT act.type, act.occurred_at, act.works_reference
    FROM presence_current AS act
    WHERE act.ssin = asked.ssin AND act.status <> 'cancelled'
      AND act.occurred_at < asked.at
      AND act.occurred_at >= asked.at - interval '31 days'
    ORDER BY act.occurred_at DESC, act.type, act.works_reference DESC LIMIT 1
) AS before ON true
