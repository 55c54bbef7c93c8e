-- Acts of a day that follow one of the same person at another site, each with its point: where the
-- act was made, else the declared point of the site.
WITH points AS (
    SELECT DISTINCT ON (site.reference) site.reference, address.longitude, address.latitude
    FROM works_site AS site JOIN works_address AS address ON address.site_id = site.id
    WHERE address.longitude IS NOT NULL
    ORDER BY site.reference, address.position
), ordered AS (
    SELECT act.ssin, act.works_reference, act.longitude, act.latitude, act.occurred_at, act.receipt,
           lag(act.works_reference) OVER own AS before_reference,
           lag(act.longitude) OVER own AS before_longitude,
           lag(act.latitude) OVER own AS before_latitude,
           lag(act.occurred_at) OVER own AS before_at, lag(act.receipt) OVER own AS before_receipt
    FROM presence_current AS act
    WHERE act.occurred_at >= %(since)s AND act.occurred_at < %(until)s
      AND act.status <> 'cancelled'
    WINDOW own AS (PARTITION BY act.ssin ORDER BY act.occurred_at, act.receipt)
)
SELECT ordered.ssin, ordered.before_reference,
       coalesce(ordered.before_longitude, start.longitude),
       coalesce(ordered.before_latitude, start.latitude),
       ordered.before_at, ordered.before_receipt, ordered.works_reference,
       coalesce(ordered.longitude, goal.longitude), coalesce(ordered.latitude, goal.latitude),
       ordered.occurred_at, ordered.receipt
FROM ordered
LEFT JOIN points AS start ON start.reference = ordered.before_reference
LEFT JOIN points AS goal ON goal.reference = ordered.works_reference
WHERE ordered.before_reference <> ordered.works_reference
  AND coalesce(ordered.before_longitude, start.longitude) IS NOT NULL
  AND coalesce(ordered.longitude, goal.longitude) IS NOT NULL
