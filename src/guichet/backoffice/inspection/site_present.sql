-- Whose last act on one site, since the midnight before last, is an IN; the latest first.
SELECT receipt FROM (
    SELECT DISTINCT ON (act.ssin) act.receipt, act.type, act.occurred_at
    FROM presence_current AS act
    WHERE act.works_reference = %(site)s
      AND act.occurred_at >= %(since)s AND act.occurred_at <= %(now)s
      AND act.status <> 'cancelled'
    ORDER BY act.ssin, act.occurred_at DESC, act.receipt DESC
) AS latest
WHERE type = 'in' AND occurred_at >= %(open)s
ORDER BY occurred_at DESC
LIMIT %(limit)s
