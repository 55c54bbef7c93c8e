-- Who is behind a pseudonym. The row stays locked: nobody replaces the number meanwhile.
SELECT person.id, person.niss
FROM presence_pseudonym AS pseudonym
JOIN persons_person AS person ON person.id = pseudonym.person_id
WHERE pseudonym.pseudonym = %s
FOR SHARE OF pseudonym
