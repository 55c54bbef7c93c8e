-- What binds these persons to these enterprises: Dimona periods (of the employer, or of the agency
-- that names the enterprise as user) and functions. A number that was replaced leads to the
-- person behind it.
WITH person AS MATERIALIZED (
    SELECT asked.niss, known.id
    FROM persons_person AS asked
    JOIN persons_person AS known
      ON known.id = asked.id OR known.id = asked.replaced_by_id
      OR known.replaced_by_id = asked.id
    WHERE asked.niss = ANY(%(ssins)s)
), enterprise AS MATERIALIZED (
    SELECT id, number FROM enterprises_enterprise WHERE number = ANY(%(numbers)s)
)
SELECT person.niss, enterprise.number, true AS is_dimona, period.first_day, period.last_day
FROM person
JOIN employments_relation AS relation ON relation.person_id = person.id
JOIN enterprise
  ON enterprise.id = relation.employer_id OR enterprise.id = relation.user_enterprise_id
JOIN employments_period AS period ON period.relation_id = relation.id
WHERE period.state = 'active'
  AND period.first_day <= %(last_day)s
  AND (period.last_day IS NULL OR period.last_day >= %(first_day)s)
UNION ALL
SELECT person.niss, enterprise.number, false, held.first_day, held.last_day
FROM person
JOIN enterprises_function AS held ON held.person_id = person.id
JOIN enterprise ON enterprise.id = held.enterprise_id
WHERE held.first_day <= %(last_day)s
  AND (held.last_day IS NULL OR held.last_day >= %(first_day)s)
