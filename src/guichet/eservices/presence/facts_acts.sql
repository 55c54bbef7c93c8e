-- What a round needs to know of the acts themselves: the acts of the batch and those beside them
-- (an act that comes out of order changes what stands next to it), each with the act before it,
-- the OUT that closes it, how often it was sent, and its verdict so far.
--
-- The acts of a person follow each other by moment, OUT before IN, then site: an order that does
-- not depend on the order of arrival. An act sent twice is one place in it (GROUPS counts equals
-- once); the copies are told apart by receipt. What a decision cancelled has no place in it.
WITH batch AS MATERIALIZED (
    {selection}
), person AS MATERIALIZED (
    SELECT ssin,
           -- A late OUT closes an IN that was judged as never closed.
           CASE WHEN min(occurred_at) < %(now)s - %(open_max)s
                THEN min(occurred_at) - %(open_max)s ELSE min(occurred_at) END AS first_at,
           max(occurred_at) AS last_at
    FROM batch
    GROUP BY ssin
), span AS (
    SELECT person.ssin,
           coalesce((
               SELECT act.occurred_at
               FROM presence_current AS act
               WHERE act.ssin = person.ssin AND act.status <> 'cancelled'
                 AND act.occurred_at < person.first_at
                 AND act.occurred_at >= person.first_at - interval '31 days'
               ORDER BY act.occurred_at DESC LIMIT 1), person.first_at) AS since,
           coalesce((
               SELECT act.occurred_at
               FROM presence_current AS act
               WHERE act.ssin = person.ssin AND act.status <> 'cancelled'
                 AND act.occurred_at > person.last_at
                 AND act.occurred_at <= person.last_at + interval '31 days'
               ORDER BY act.occurred_at LIMIT 1), person.last_at) AS until
    FROM person
), story AS (
    SELECT act.*,
           batch.receipt IS NOT NULL AS is_asked,
           bool_or(batch.receipt IS NOT NULL) OVER (
               chain GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS is_beside,
           bool_or(batch.receipt IS NOT NULL) OVER (
               PARTITION BY act.ssin ORDER BY act.occurred_at
               RANGE BETWEEN CURRENT ROW AND %(open_max)s FOLLOWING) AS is_before,
           first_value(act.type) OVER before AS before_type,
           first_value(act.occurred_at) OVER before AS before_at,
           first_value(act.works_reference) OVER before AS before_site,
           row_number() OVER (
               PARTITION BY act.ssin, act.occurred_at, act.type, act.works_reference
               ORDER BY act.receipt) AS copy
    FROM span
    JOIN presence_current AS act
      ON act.ssin = span.ssin AND act.occurred_at BETWEEN span.since AND span.until
     AND act.status <> 'cancelled'
    LEFT JOIN batch ON batch.receipt = act.receipt
    WINDOW
        chain AS (PARTITION BY act.ssin
                  ORDER BY act.occurred_at, act.type DESC, act.works_reference),
        before AS (chain GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING)
)
SELECT story.receipt,
       -- Moments travel as microseconds: reading timestamps would be a third of the client's work.
       (extract(epoch FROM story.occurred_at) * 1000000)::bigint AS occurred_us,
       (extract(epoch FROM story.received_at) * 1000000)::bigint AS received_us,
       story.type, story.ssin,
       story.enterprise_number, story.foreign_vat_number, story.works_reference, story.activity,
       story.longitude, story.latitude, story.address ->> 'postCode' AS postcode,
       story.before_type,
       (extract(epoch FROM story.before_at) * 1000000)::bigint AS before_us,
       story.before_site, story.copy > 1 AS is_repeat,
       (extract(epoch FROM closing.occurred_at) * 1000000)::bigint AS closed_us,
       verdict.round, verdict.remarks,
       story.is_asked, story.recorded_in, story.status = 'edited' AS is_corrected
FROM story
LEFT JOIN LATERAL (
    SELECT act.occurred_at
    FROM presence_current AS act
    WHERE story.type = 'in'
      AND story.occurred_at < %(now)s - %(open_max)s
      AND act.ssin = story.ssin AND act.status <> 'cancelled'
      AND act.type = 'out'
      AND act.occurred_at > story.occurred_at
      AND act.occurred_at <= story.occurred_at + %(open_max)s
    ORDER BY act.occurred_at LIMIT 1
) AS closing ON true
LEFT JOIN presence_verdict AS verdict
  ON verdict.receipt = story.receipt AND verdict.occurred_at = story.occurred_at
 AND verdict.is_current
WHERE story.is_asked
   OR (verdict.round IS NOT NULL
       AND (story.is_beside
            -- An OUT that comes in late can only take this one remark away.
            OR (story.is_before AND 'ciao_902' = ANY(verdict.remarks))))
