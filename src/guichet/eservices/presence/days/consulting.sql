-- Presences of days as machines read them: withdrawal, present verdict; nothing of other registers.
SELECT presence.receipt, presence.day, presence.created_at, presence.ssin, presence.limosa_number,
       presence.enterprise_number, presence.foreign_vat_number, presence.works_reference,
       presence.activity, presence.channel, presence.custom_reference, presence.sender_enterprise,
       gone.cancelled_at, coalesce(verdict.validity, 'pending'), verdict.decided_at,
       coalesce(verdict.remarks, '{}')
FROM presence_day AS presence
LEFT JOIN presence_day_cancellation AS gone ON gone.receipt = presence.receipt AND gone.day = presence.day
LEFT JOIN presence_day_verdict AS verdict
  ON verdict.receipt = presence.receipt AND verdict.day = presence.day AND verdict.is_current
WHERE presence.day BETWEEN %(first)s AND %(last)s {conditions}
ORDER BY {order}, presence.receipt {direction}
LIMIT %(limit)s OFFSET %(offset)s
