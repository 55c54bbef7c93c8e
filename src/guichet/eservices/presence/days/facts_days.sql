-- Presences of days with what stands beside them: whether the same person was announced before for
-- the same employer, site and day, and the verdict so far. The selection names them.
WITH batch AS MATERIALIZED (
    {selection}
)
SELECT presence.receipt, presence.day, presence.created_at, presence.ssin, presence.limosa_number, presence.enterprise_number,
       presence.foreign_vat_number, presence.works_reference, presence.activity, presence.capacity, presence.recorded_in,
       EXISTS (
           SELECT 1 FROM presence_day AS other
           WHERE other.day = presence.day
             AND other.works_reference = presence.works_reference
             AND (other.ssin = presence.ssin
                  AND other.enterprise_number IS NOT DISTINCT FROM presence.enterprise_number
                  AND other.foreign_vat_number IS NOT DISTINCT FROM presence.foreign_vat_number
                  OR other.limosa_number = presence.limosa_number)
             AND (other.recorded_in, other.receipt) < (presence.recorded_in, presence.receipt)
             AND NOT EXISTS (
                 SELECT 1 FROM presence_day_cancellation AS gone
                 WHERE gone.receipt = other.receipt AND gone.day = other.day)
       ) AS is_repeat,
       verdict.round, verdict.remarks
FROM batch
JOIN presence_day AS presence ON presence.receipt = batch.receipt AND presence.day = batch.day
LEFT JOIN presence_day_verdict AS verdict
  ON verdict.receipt = presence.receipt AND verdict.day = presence.day AND verdict.is_current
ORDER BY presence.recorded_in, presence.receipt
