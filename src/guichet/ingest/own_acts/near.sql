-- The person's acts around those that come, in their order.
SELECT type, occurred_at, works_reference, receipt, enterprise_number, foreign_vat_number
FROM presence_act
WHERE ssin = %s AND occurred_at >= %s AND occurred_at <= %s
ORDER BY occurred_at, receipt
