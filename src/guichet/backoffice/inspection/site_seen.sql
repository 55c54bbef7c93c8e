-- Who was registered on one site in a period, one row a person, employer, day; both logs.
WITH seen AS (
    SELECT (act.occurred_at AT TIME ZONE 'Europe/Brussels')::date AS day, act.ssin AS person,
           coalesce(act.enterprise_number, act.foreign_vat_number, '') AS employer,
           verdict.remarks AS remarks
    FROM presence_current AS act
    LEFT JOIN presence_verdict AS verdict
      ON verdict.receipt = act.receipt AND verdict.occurred_at = act.occurred_at
     AND verdict.is_current
    WHERE act.works_reference = %(site)s
      AND act.occurred_at >= %(since)s AND act.occurred_at < %(until)s
      AND act.status <> 'cancelled'
    UNION ALL
    SELECT presence.day, coalesce(presence.ssin, presence.limosa_number),
           coalesce(presence.enterprise_number, presence.foreign_vat_number, ''), verdict.remarks
    FROM presence_day AS presence
    LEFT JOIN presence_day_verdict AS verdict
      ON verdict.receipt = presence.receipt AND verdict.day = presence.day AND verdict.is_current
    WHERE presence.works_reference = %(site)s AND presence.day BETWEEN %(first)s AND %(last)s
      AND NOT EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
                      WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
)
