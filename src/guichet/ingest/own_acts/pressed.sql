-- What these keys of the person stand for already.
SELECT key, step, receipt
FROM presence_press
WHERE person_id = %s AND key = ANY(%s)
ORDER BY key, part
