-- What these keys of the person stand for already, and whether a correction cancelled it since.
SELECT key, step, receipt,
       EXISTS (SELECT FROM presence_version AS version
               WHERE version.receipt = presence_press.receipt AND version.status = 'cancelled')
FROM presence_press
WHERE person_id = %s AND key = ANY(%s)
ORDER BY key, part
