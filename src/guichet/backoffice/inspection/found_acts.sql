SELECT 'acts' AS log, act.receipt, act.occurred_at AS at, act.received_at, act.type AS kind,
       (act.occurred_at AT TIME ZONE 'Europe/Brussels')::date AS day,
       act.ssin, NULL::text AS limosa_number, act.enterprise_number, act.foreign_vat_number,
       act.works_reference, act.activity, act.channel, act.sender,
       NULL::text AS sender_enterprise,
       CASE WHEN act.status = 'cancelled' THEN act.status_at END AS cancelled_at,
       CASE WHEN act.status = 'cancelled' THEN 'cancelled'
            ELSE coalesce(verdict.validity, 'pending') END AS validity,
       coalesce(verdict.remarks, '{{}}') AS remarks
FROM presence_current AS act
LEFT JOIN presence_verdict AS verdict
  ON verdict.receipt = act.receipt AND verdict.occurred_at = act.occurred_at
 AND verdict.is_current
WHERE act.occurred_at >= %(since)s AND act.occurred_at < %(until)s {conditions}
ORDER BY act.occurred_at DESC, act.receipt DESC
LIMIT %(limit)s
