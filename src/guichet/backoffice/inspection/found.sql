-- Both logs as an inspector reads them: the acts IN and OUT, and the presences of a day, which
-- stand at the midnight of their day. First the rows of one page are picked, then named.
WITH picked AS ({picked})
SELECT picked.log, picked.receipt, picked.at, picked.received_at, picked.kind, picked.day,
       coalesce(picked.ssin, posted.niss, ''), coalesce(picked.limosa_number, ''),
       coalesce(named.given_name, posted.given_name, ''),
       coalesce(named.family_name, posted.family_name, ''),
       coalesce(picked.enterprise_number, picked.foreign_vat_number, ''), {employer},
       picked.works_reference, coalesce(site.name, ''), picked.activity, picked.channel,
       coalesce(picked.sender_enterprise, channel.enterprise_number, ''), {sender},
       picked.cancelled_at, picked.validity, picked.remarks
FROM picked
LEFT JOIN persons_person AS named ON named.niss = picked.ssin
LEFT JOIN postings_limosa AS limosa ON limosa.number = picked.limosa_number
LEFT JOIN persons_person AS posted ON posted.id = limosa.person_id
LEFT JOIN enterprises_enterprise AS employer ON employer.number = picked.enterprise_number
LEFT JOIN access_channel AS channel ON channel.id = picked.sender
LEFT JOIN enterprises_enterprise AS sent_by
  ON sent_by.number = coalesce(picked.sender_enterprise, channel.enterprise_number)
LEFT JOIN works_site AS site ON site.reference = picked.works_reference
ORDER BY picked.at DESC, picked.receipt DESC
