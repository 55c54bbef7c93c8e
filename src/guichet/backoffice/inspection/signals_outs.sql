-- INs that were never closed, some days old, and nobody asked for a correction around them.
SELECT act.ssin, act.works_reference, (%(day)s - (act.occurred_at AT TIME ZONE 'Europe/Brussels')::date),
       act.occurred_at, act.occurred_at, ARRAY[act.receipt]
FROM presence_verdict AS verdict
JOIN presence_current AS act
  ON act.receipt = verdict.receipt AND act.occurred_at = verdict.occurred_at
WHERE verdict.is_current AND verdict.remarks @> ARRAY['ciao_902']::text[]
  AND verdict.occurred_at >= %(back)s AND verdict.occurred_at < %(before)s
  AND act.type = 'in' AND act.status <> 'cancelled'
  AND NOT EXISTS (SELECT 1 FROM presence_correction AS correction
                  JOIN persons_person AS person ON person.id = correction.person_id
                  WHERE person.niss = act.ssin
                    AND correction.state NOT IN ('prepared', 'withdrawn', 'expired')
                    AND (correction.receipt = act.receipt
                         OR correction.occurred_at BETWEEN act.occurred_at
                            AND act.occurred_at + interval '36 hours'))
