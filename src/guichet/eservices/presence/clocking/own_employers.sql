WITH
-- For whom this person may work on a day: Dimona (of an agency: the firm that uses the worker),
-- functions held, Limosa. ``in_chain``: the enterprise stands in a contract of the site that day.
person AS MATERIALIZED (
    SELECT DISTINCT known.id
    FROM persons_person AS asked
    JOIN persons_person AS known
      ON known.id = asked.id OR known.id = asked.replaced_by_id
      OR known.replaced_by_id = asked.id
    WHERE asked.niss = %(ssin)s
), employer AS (
    SELECT coalesce(relation.user_enterprise_id, relation.employer_id) AS id, '' AS vat
    FROM person
    JOIN employments_relation AS relation ON relation.person_id = person.id
    JOIN employments_period AS period ON period.relation_id = relation.id
    WHERE period.state = 'active' AND period.first_day <= %(day)s
      AND (period.last_day IS NULL OR period.last_day >= %(day)s)
    UNION
    SELECT held.enterprise_id, ''
    FROM person
    JOIN enterprises_function AS held ON held.person_id = person.id
    WHERE held.first_day <= %(day)s AND (held.last_day IS NULL OR held.last_day >= %(day)s)
    UNION
    SELECT limosa.employer_id, CASE WHEN limosa.employer_id IS NULL
                                    THEN limosa.foreign_vat_number ELSE '' END
    FROM person
    JOIN postings_limosa AS limosa ON limosa.person_id = person.id
    WHERE limosa.state = 'active' AND limosa.first_day <= %(day)s AND limosa.last_day >= %(day)s
)
SELECT coalesce(enterprise.number, ''), employer.vat,
       coalesce(nullif(to_jsonb(enterprise) ->> ('name_' || %(language)s), ''),
                nullif(to_jsonb(enterprise) ->> ('name_' || enterprise.language), ''),
                nullif(enterprise.name_nl, ''), nullif(enterprise.name_fr, ''),
                nullif(enterprise.name_de, ''), nullif(enterprise.name_en, ''), ''),
       EXISTS (
           SELECT 1
           FROM works_site AS site
           JOIN works_contract AS contract ON contract.site_id = site.id
           LEFT JOIN works_intervention AS link ON link.contract_id = contract.id
            AND link.first_day <= %(day)s AND (link.last_day IS NULL OR link.last_day >= %(day)s)
           WHERE site.reference = %(site)s AND contract.first_day <= %(day)s
             AND (contract.last_day IS NULL OR contract.last_day >= %(day)s)
             AND (contract.declarant_id = enterprise.id OR link.enterprise_id = enterprise.id
                  OR (employer.vat <> '' AND link.foreign_vat_number = employer.vat))
       ) AS in_chain
FROM employer
LEFT JOIN enterprises_enterprise AS enterprise ON enterprise.id = employer.id
WHERE enterprise.id IS NOT NULL OR employer.vat <> ''
ORDER BY in_chain DESC, 3, 1, 2
