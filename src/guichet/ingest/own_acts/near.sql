-- The person's acts around those that come, in their order, as they hold now: a correction may have
-- moved one; one that it cancelled stands for nothing, so the same press again is a new act.
SELECT type, occurred_at, works_reference, receipt, enterprise_number, foreign_vat_number
FROM presence_current
WHERE ssin = %s AND occurred_at >= %s AND occurred_at <= %s AND status <> 'cancelled'
ORDER BY occurred_at, receipt
