-- Acts of a day from one spot that many persons share: the same sender (or none: a phone of one's
-- own) and exactly the same point, which two phones never have. The log itself, as it was sent:
-- what was decided later changes nothing of how many hands a device went through.
WITH spots AS (
    SELECT works_reference, coalesce(sender, 0) AS sender, longitude, latitude
    FROM presence_act
    WHERE occurred_at >= %(since)s AND occurred_at < %(until)s AND longitude IS NOT NULL
    GROUP BY works_reference, coalesce(sender, 0), longitude, latitude
    HAVING count(DISTINCT ssin) >= %(least)s
)
SELECT act.receipt, act.ssin, act.occurred_at, act.works_reference,
       concat_ws('/', coalesce(act.sender, 0), act.longitude, act.latitude),
       act.channel IN ('kiosk', 'ws')
FROM presence_act AS act
JOIN spots ON spots.works_reference = act.works_reference
 AND spots.sender = coalesce(act.sender, 0)
 AND spots.longitude = act.longitude AND spots.latitude = act.latitude
WHERE act.occurred_at >= %(since)s AND act.occurred_at < %(until)s
