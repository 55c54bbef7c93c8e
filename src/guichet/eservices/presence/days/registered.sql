-- Who of these people has a presence of a day on these sites that was not withdrawn, for whom.
SELECT DISTINCT coalesce(presence.ssin, posted.niss), presence.works_reference,
       presence.enterprise_number
FROM presence_day AS presence
LEFT JOIN presence_day_cancellation AS gone ON gone.receipt = presence.receipt AND gone.day = presence.day
LEFT JOIN postings_limosa AS limosa ON limosa.number = presence.limosa_number
LEFT JOIN persons_person AS posted ON posted.id = limosa.person_id
WHERE presence.day = %(day)s AND presence.works_reference = ANY(%(sites)s)
  AND coalesce(presence.ssin, posted.niss) = ANY(%(ssins)s) AND gone.receipt IS NULL
