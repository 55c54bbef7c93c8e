-- Corrections of the person that ask for acts like those that come, and are not over.
SELECT id, key, type, occurred_at, works_reference, state <> 'prepared'
FROM presence_correction
WHERE person_id = %(person)s AND kind = 'add' AND state NOT IN ('withdrawn', 'expired', 'refused')
  AND (key = ANY(%(keys)s) OR occurred_at BETWEEN %(since)s AND %(until)s)
