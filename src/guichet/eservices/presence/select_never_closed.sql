-- INs, old enough to be closed by now, after which no OUT of that person came in time.
SELECT receipt, occurred_at, ssin, recorded_in
FROM presence_current AS act
WHERE act.status <> 'cancelled'
  AND act.type = 'in'
  AND act.occurred_at >= %(position_at)s
  AND act.occurred_at < %(now)s - %(open_max)s
  AND (act.occurred_at > %(position_at)s OR act.receipt > %(receipt)s)
  AND NOT EXISTS (
      SELECT FROM presence_current AS closing
      WHERE closing.ssin = act.ssin
        AND closing.status <> 'cancelled'
        AND closing.type = 'out'
        AND closing.occurred_at > act.occurred_at
        AND closing.occurred_at <= act.occurred_at + %(open_max)s)
ORDER BY act.occurred_at, act.receipt
LIMIT %(limit)s
