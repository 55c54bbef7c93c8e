-- Days of economic unemployment of an employer's workers, counted, sorted and cut to a page.
-- A month of days is an integer: its first day is the lowest bit. What an announcement leaves
-- without work comes from the law, worked out once per announcement and month.
WITH told AS (
    SELECT line.id, line.niss, line.family_name, line.given_name, line.section,
           date_trunc('month', line.first_day)::date AS month,
           -- From the first day on; the days from today on are not counted.
           (-1 << (extract(day FROM line.first_day)::integer - 1)) & 2147483647 AS from_first,
           communication.committee,
           line.outcome = %(too_early)s OR (communication.state = %(refused)s
               AND (communication.decided_on IS NULL OR communication.decided_on < %(today)s))
               AS is_nothing
    FROM temporary_unemployment_communication AS communication
    JOIN enterprises_enterprise AS enterprise ON enterprise.id = communication.employer_id
    JOIN temporary_unemployment_line AS line ON line.communication_id = communication.id
    WHERE enterprise.number = %(employer)s
      AND communication.kind = %(kind)s
      AND communication.reason = %(reason)s
      AND communication.state <> ALL(%(gone)s)
      AND line.first_day >= %(since)s AND line.first_day < %(today)s
      AND (%(workers)s::text[] IS NULL OR line.niss = ANY(%(workers)s))
), latest AS (
    SELECT DISTINCT ON (niss) niss, family_name, given_name, committee
    FROM told ORDER BY niss, id DESC
), announced AS (
    SELECT * FROM unnest(%(keys)s::bigint[], %(months)s::date[], %(days)s::integer[])
        AS announced (communication_id, month, days)
), of_section AS (
    SELECT * FROM unnest(%(section_keys)s::bigint[], %(sections)s::text[])
        AS of_section (communication_id, section)
), without_work AS (
    SELECT told.niss, told.month, announced.days & told.from_first AS days
    FROM announced
    JOIN temporary_unemployment_line AS line USING (communication_id)
    JOIN told ON told.niss = line.niss AND told.month = announced.month
    WHERE NOT told.is_nothing
    UNION ALL
    SELECT told.niss, told.month, announced.days & told.from_first
    FROM announced
    JOIN of_section USING (communication_id)
    JOIN told ON told.section = of_section.section AND told.month = announced.month
    WHERE NOT told.is_nothing
), by_month AS (
    SELECT niss, bit_or(days) AS days FROM without_work GROUP BY niss, month
), counted AS (
    SELECT niss, sum(bit_count(days::bit(31)))::integer AS days FROM by_month GROUP BY niss
), found AS (
    SELECT niss, counted.days, latest.committee,
           coalesce(nullif(latest.family_name, ''), person.family_name, niss) AS family_name,
           CASE WHEN latest.family_name <> '' THEN latest.given_name
                ELSE coalesce(person.given_name, '') END AS given_name
    FROM counted
    JOIN latest USING (niss)
    LEFT JOIN LATERAL (
        -- Who has no name in what was told has that of the register, under the number now valid.
        WITH RECURSIVE chain AS (
            SELECT id, replaced_by_id, family_name, given_name FROM persons_person
            WHERE latest.family_name = '' AND niss = latest.niss
            UNION ALL
            SELECT next.id, next.replaced_by_id, next.family_name, next.given_name
            FROM chain JOIN persons_person AS next ON next.id = chain.replaced_by_id
        )
        SELECT family_name, given_name FROM chain WHERE replaced_by_id IS NULL
    ) AS person ON true
    WHERE counted.days > 0
)
SELECT niss, family_name, given_name, days, committee, (SELECT count(*) FROM found)
FROM found
ORDER BY days DESC, family_name, given_name, niss
LIMIT %(size)s
-- A page behind the last one is the last one.
OFFSET least(
    %(offset)s,
    (SELECT greatest(count(*) - 1, 0) / coalesce(%(size)s, 1) * coalesce(%(size)s, 1) FROM found)
)
