-- Acts that a group of register changes touches, in the order of their receipts from the mark on.
-- A change names a person, an enterprise, a site, and the days; open days are open. A change of
-- works also touches today's acts, whatever its days: people stand on the site now.
WITH change AS MATERIALIZED (
    SELECT kind, niss, enterprise_number, works_reference,
           coalesce(first_day, date '1900-01-01')::timestamp
               AT TIME ZONE 'Europe/Brussels' AS since,
           (coalesce(last_day, date '9000-01-01') + 1)::timestamp
               AT TIME ZONE 'Europe/Brussels' AS until
    FROM platform_change
    WHERE id = ANY(%(changes)s)
), touched AS (
    SELECT act.receipt, act.occurred_at, act.ssin, act.recorded_in
    FROM change
    JOIN presence_current AS act
      ON act.ssin = change.niss
     AND act.occurred_at >= change.since AND act.occurred_at < change.until
    UNION
    SELECT act.receipt, act.occurred_at, act.ssin, act.recorded_in
    FROM change
    JOIN presence_current AS act
      ON act.enterprise_number = change.enterprise_number
     AND act.occurred_at >= change.since AND act.occurred_at < change.until
    WHERE change.niss IS NULL AND change.works_reference IS NULL
    UNION
    SELECT act.receipt, act.occurred_at, act.ssin, act.recorded_in
    FROM change
    JOIN presence_current AS act
      ON act.works_reference = change.works_reference
     AND ((act.occurred_at >= change.since AND act.occurred_at < change.until)
          OR (act.occurred_at >= %(day_begins)s AND act.occurred_at < %(day_ends)s))
)
SELECT receipt, occurred_at, ssin, recorded_in
FROM touched
WHERE receipt > %(receipt)s
ORDER BY receipt
LIMIT %(limit)s
