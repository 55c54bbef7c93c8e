-- What stands around the acts of which a version was written since the mark: a correction, and a
-- cancellation too, changes what its neighbours mean, at the old moment and at the new one. Few.
SELECT DISTINCT act.receipt, act.occurred_at, act.ssin, act.recorded_in
FROM presence_version AS changed
JOIN presence_current AS act
  ON act.ssin = changed.ssin
 AND act.occurred_at BETWEEN changed.logged_at - %(open_max)s - interval '1 day'
                         AND changed.logged_at + %(open_max)s + interval '1 day'
WHERE changed.recorded_in >= %(position)s AND changed.recorded_in < %(bound)s
  AND act.status <> 'cancelled'
