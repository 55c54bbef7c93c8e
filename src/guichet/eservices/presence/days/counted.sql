-- How many presences of days fit, counted to a bound.
SELECT count(*) FROM (
    SELECT 1
    FROM presence_day AS presence
    LEFT JOIN presence_day_cancellation AS gone ON gone.receipt = presence.receipt AND gone.day = presence.day
    LEFT JOIN presence_day_verdict AS verdict
      ON verdict.receipt = presence.receipt AND verdict.day = presence.day AND verdict.is_current
    WHERE presence.day BETWEEN %(first)s AND %(last)s {conditions}
    LIMIT %(most)s
) AS found
