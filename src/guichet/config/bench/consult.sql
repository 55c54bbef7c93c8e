-- One working day of the whole country, as the service would have stored it: four acts for each
-- worker (morning, break, afternoon, end) and the verdict of each. The first firm's people work on
-- one site; everybody else is spread over fifteen hundred firms and ten thousand sites.
WITH act AS MATERIALIZED (
    SELECT to_char(%(day)s::date, 'YYMMDD')::bigint * 1000000000 + worker * 4 + part AS receipt,
           (%(day)s::date + time '06:00') AT TIME ZONE 'Europe/Brussels'
               + make_interval(mins => (worker %% 90)::int + (ARRAY[0, 240, 270, 510])[part + 1])
               AS occurred_at,
           worker, part
    FROM generate_series(0, %(workers)s - 1) AS worker, generate_series(0, %(parts)s - 1) AS part
), stored AS (
    INSERT INTO presence_act (
        receipt, occurred_at, received_at, longitude, latitude, sender, offset_minutes, type, ssin,
        enterprise_number, works_reference, activity, channel)
    SELECT receipt, occurred_at, occurred_at + interval '2 seconds',
           2.6 + (worker %% 3700) / 1000.0, 49.5 + (worker %% 1900) / 1000.0, worker %% 40 + 1,
           60, CASE part %% 2 WHEN 0 THEN 'in' ELSE 'out' END,
           coalesce((%(people)s::text[])[worker + 1], (60000000000 + worker * 7919)::text),
           CASE WHEN worker < %(staff)s THEN %(enterprise)s
                ELSE (1900000000 + worker %% 1500)::text END,
           CASE WHEN worker < %(staff)s THEN %(site)s
                ELSE '1Y103CF' || (100000 + worker %% 10000)::text END,
           'cleaning', 'ws'
    FROM act
)
INSERT INTO presence_verdict (
    receipt, occurred_at, decided_at, round, is_current, validity, remarks)
SELECT receipt, occurred_at, occurred_at + interval '5 seconds', 1, true,
       CASE WHEN worker %% 50 = 7 THEN 'failed' ELSE 'validated' END,
       CASE WHEN worker %% 50 = 7 THEN ARRAY['caw_1'] ELSE '{}' END
FROM act
