SELECT 'days' AS log, presence.receipt,
       presence.day::timestamp AT TIME ZONE 'Europe/Brussels' AS at,
       presence.created_at AS received_at, 'day' AS kind, presence.day,
       presence.ssin, presence.limosa_number, presence.enterprise_number,
       presence.foreign_vat_number, presence.works_reference, presence.activity,
       presence.channel, presence.sender, presence.sender_enterprise, gone.cancelled_at,
       CASE WHEN gone.receipt IS NOT NULL THEN 'cancelled'
            ELSE coalesce(verdict.validity, 'pending') END AS validity,
       coalesce(verdict.remarks, '{{}}') AS remarks
FROM presence_day AS presence
LEFT JOIN presence_day_cancellation AS gone
  ON gone.receipt = presence.receipt AND gone.day = presence.day
LEFT JOIN presence_day_verdict AS verdict
  ON verdict.receipt = presence.receipt AND verdict.day = presence.day AND verdict.is_current
WHERE presence.day BETWEEN %(first)s AND %(last)s {conditions}
ORDER BY presence.day DESC, presence.receipt DESC
LIMIT %(limit)s
