-- The next group of register changes, oldest transaction first; the mark is (transaction, id).
SELECT id, recorded_in
FROM platform_change
WHERE recorded_in >= %(position)s
  AND recorded_in < %(bound)s
  AND (recorded_in > %(position)s OR id > %(id)s)
ORDER BY recorded_in, id
LIMIT %(limit)s
