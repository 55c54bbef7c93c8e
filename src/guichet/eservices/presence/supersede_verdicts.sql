-- Rounds that are about to be followed by another; they stay as history.
UPDATE presence_verdict AS former
SET is_current = false
FROM json_to_recordset(%(verdicts)s::json) AS decided (
    receipt bigint, occurred_at timestamptz, round smallint)
WHERE decided.round > 1
  AND former.receipt = decided.receipt
  AND former.occurred_at = decided.occurred_at
  AND former.is_current
