-- Obliged sites whose works run today and where nobody is registered today, with the days before.
WITH running AS (
    SELECT site.reference FROM works_site AS site
    WHERE site.is_obliged
      AND EXISTS (SELECT 1 FROM works_contract AS contract
                  WHERE contract.site_id = site.id AND contract.first_day <= %(day)s
                    AND (contract.last_day IS NULL OR contract.last_day >= %(day)s))
), used AS (
    SELECT works_reference FROM presence_current
    WHERE status <> 'cancelled' AND occurred_at >= %(since)s AND occurred_at < %(now)s
    UNION
    SELECT presence.works_reference FROM presence_day AS presence
    WHERE presence.day = %(day)s
      AND NOT EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
                      WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
), empty AS (
    SELECT reference FROM running WHERE reference NOT IN (SELECT works_reference FROM used)
), seen AS (
    SELECT act.works_reference, (act.occurred_at AT TIME ZONE 'Europe/Brussels')::date AS day,
           act.ssin AS person,
           (act.occurred_at AT TIME ZONE 'Europe/Brussels')::time <= %(by)s AS is_early
    FROM presence_current AS act
    WHERE act.works_reference IN (SELECT reference FROM empty)
      AND act.occurred_at >= %(back)s AND act.occurred_at < %(since)s
      AND act.status <> 'cancelled'
    UNION ALL
    SELECT presence.works_reference, presence.day,
           coalesce(presence.ssin, presence.limosa_number), true
    FROM presence_day AS presence
    WHERE presence.works_reference IN (SELECT reference FROM empty)
      AND presence.day >= %(back_day)s AND presence.day < %(day)s
      AND NOT EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
                      WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
), by_day AS (
    SELECT works_reference, day, count(DISTINCT person) FILTER (WHERE is_early) AS early
    FROM seen GROUP BY works_reference, day
)
SELECT empty.reference, 0, count(*) FILTER (WHERE by_day.early > 0),
       coalesce(sum(by_day.early), 0), count(by_day.day) > 0
FROM empty LEFT JOIN by_day ON by_day.works_reference = empty.reference
GROUP BY empty.reference
