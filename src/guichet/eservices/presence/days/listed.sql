-- Presences of days as people see them: with names, site, who announced them, withdrawal, verdict.
SELECT presence.receipt, presence.day, presence.created_at, presence.ssin, presence.limosa_number,
       coalesce(named.given_name, posted.given_name, ''),
       coalesce(named.family_name, posted.family_name, ''),
       coalesce(named.sort_key, posted.sort_key, ''),
       presence.enterprise_number, presence.foreign_vat_number,
       coalesce(nullif(employer.name_fr, ''), nullif(employer.name_nl, ''),
                presence.foreign_vat_number, presence.enterprise_number, ''),
       presence.works_reference, coalesce(site.name, ''), presence.activity, presence.channel,
       presence.sender_enterprise,
       coalesce(nullif(announcer.name_fr, ''), nullif(announcer.name_nl, ''), ''),
       presence.capacity, gone.cancelled_at, gone.reason,
       coalesce(verdict.validity, 'pending'), coalesce(verdict.remarks, '{}')
FROM presence_day AS presence
LEFT JOIN presence_day_cancellation AS gone ON gone.receipt = presence.receipt AND gone.day = presence.day
LEFT JOIN presence_day_verdict AS verdict
  ON verdict.receipt = presence.receipt AND verdict.day = presence.day AND verdict.is_current
LEFT JOIN persons_person AS named ON named.niss = presence.ssin
LEFT JOIN postings_limosa AS limosa ON limosa.number = presence.limosa_number
LEFT JOIN persons_person AS posted ON posted.id = limosa.person_id
LEFT JOIN enterprises_enterprise AS employer ON employer.number = presence.enterprise_number
LEFT JOIN enterprises_enterprise AS announcer ON announcer.number = presence.sender_enterprise
LEFT JOIN works_site AS site ON site.reference = presence.works_reference
WHERE presence.day BETWEEN %(first)s AND %(last)s {conditions}
ORDER BY presence.day DESC, presence.works_reference, coalesce(named.sort_key, posted.sort_key), presence.receipt
LIMIT %(limit)s OFFSET %(offset)s
