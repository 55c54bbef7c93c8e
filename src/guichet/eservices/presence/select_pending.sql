-- Acts recorded since the mark, oldest transaction first. The mark is (transaction, receipt): one
-- transaction may hold more acts than a batch. Below %(bound)s, the oldest transaction that still
-- ran, every transaction has ended: no act can appear behind the mark any more.
SELECT receipt, occurred_at, ssin, recorded_in
FROM presence_act
WHERE recorded_in >= %(position)s
  AND recorded_in < %(bound)s
  AND (recorded_in > %(position)s OR receipt > %(receipt)s)
ORDER BY recorded_in, receipt
LIMIT %(limit)s
