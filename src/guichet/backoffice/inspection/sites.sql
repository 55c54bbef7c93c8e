-- Declared sites whose works run on a day, with who declared them and how many persons are
-- registered there on that day, by acts or by a presence of the day.
WITH seen AS (
    SELECT act.works_reference, act.ssin AS person, verdict.validity = 'failed' AS has_remark
    FROM presence_current AS act
    LEFT JOIN presence_verdict AS verdict
      ON verdict.receipt = act.receipt AND verdict.occurred_at = act.occurred_at
     AND verdict.is_current
    WHERE act.occurred_at >= %(since)s AND act.occurred_at < %(until)s
      AND act.status <> 'cancelled'
    UNION ALL
    SELECT presence.works_reference, coalesce(presence.ssin, presence.limosa_number),
           verdict.validity = 'failed'
    FROM presence_day AS presence
    LEFT JOIN presence_day_verdict AS verdict
      ON verdict.receipt = presence.receipt AND verdict.day = presence.day AND verdict.is_current
    WHERE presence.day = %(day)s
      AND NOT EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
                      WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
), counted AS (
    SELECT works_reference, count(DISTINCT person) AS persons,
           count(DISTINCT person) FILTER (WHERE has_remark) AS remarked
    FROM seen GROUP BY works_reference
)
SELECT site.reference, site.name, site.activity, site.is_obliged,
       coalesce(address.street, ''), coalesce(address.house_number, ''),
       coalesce(address.postcode, ''), coalesce(address.municipality, ''),
       address.longitude, address.latitude, declarant.number, {declarant},
       coalesce(counted.persons, 0), coalesce(counted.remarked, 0)
FROM works_site AS site
JOIN LATERAL (SELECT contract.declarant_id FROM works_contract AS contract
              WHERE contract.site_id = site.id AND contract.first_day <= %(day)s
                AND (contract.last_day IS NULL OR contract.last_day >= %(day)s)
              ORDER BY contract.id LIMIT 1) AS running ON true
JOIN enterprises_enterprise AS declarant ON declarant.id = running.declarant_id
LEFT JOIN LATERAL (SELECT * FROM works_address WHERE works_address.site_id = site.id
                   ORDER BY works_address.position LIMIT 1) AS address ON true
LEFT JOIN counted ON counted.works_reference = site.reference
WHERE (%(activity)s::text IS NULL OR site.activity = %(activity)s)
ORDER BY site.name, site.reference
