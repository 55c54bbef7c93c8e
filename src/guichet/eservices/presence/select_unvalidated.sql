-- Acts without any verdict, whatever the marks say: after a restore the numbers of transactions
-- begin again and the marks mean nothing.
SELECT receipt, occurred_at, ssin, recorded_in
FROM presence_current AS act
WHERE act.status <> 'cancelled'
  AND act.occurred_at >= %(since)s
  AND NOT EXISTS (
      SELECT FROM presence_verdict AS verdict
      WHERE verdict.receipt = act.receipt AND verdict.occurred_at = act.occurred_at)
ORDER BY receipt
LIMIT %(limit)s
