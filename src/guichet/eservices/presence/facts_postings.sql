-- The Limosa declarations of these persons, whatever their days: another period is a remark of
-- its own.
SELECT person.niss, limosa.first_day, limosa.last_day
FROM persons_person AS person
JOIN postings_limosa AS limosa ON limosa.person_id = person.id
WHERE person.niss = ANY(%(ssins)s) AND limosa.state = 'active'
