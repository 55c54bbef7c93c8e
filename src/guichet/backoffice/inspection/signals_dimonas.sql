-- Persons whom no Dimona of their employer covers, by site, with the days on which they came.
WITH seen AS (
    SELECT act.ssin, act.enterprise_number, act.works_reference, act.receipt, act.occurred_at AS at,
           (act.occurred_at AT TIME ZONE 'Europe/Brussels')::date AS day
    FROM presence_verdict AS verdict
    JOIN presence_current AS act
      ON act.receipt = verdict.receipt AND act.occurred_at = verdict.occurred_at
    WHERE verdict.is_current AND verdict.remarks @> ARRAY['caw_1']::text[]
      AND verdict.occurred_at >= %(back)s AND verdict.occurred_at < %(now)s
      AND act.status <> 'cancelled'
    UNION ALL
    SELECT presence.ssin, presence.enterprise_number, presence.works_reference, presence.receipt,
           presence.day::timestamp AT TIME ZONE 'Europe/Brussels', presence.day
    FROM presence_day_verdict AS verdict
    JOIN presence_day AS presence
      ON presence.receipt = verdict.receipt AND presence.day = verdict.day
    WHERE verdict.is_current AND verdict.remarks @> ARRAY['caw_1']::text[]
      AND verdict.day >= %(back_day)s AND verdict.day <= %(day)s AND presence.ssin IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
                      WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
)
SELECT ssin, works_reference, count(DISTINCT day)::integer, min(at), max(at),
       (array_agg(receipt ORDER BY at, receipt))[1:10]
FROM seen
GROUP BY ssin, enterprise_number, works_reference
HAVING count(DISTINCT day) >= %(least)s
