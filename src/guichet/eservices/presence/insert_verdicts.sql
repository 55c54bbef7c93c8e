-- One JSON parameter for all rows: adapting arrays costs the client four times as much.
INSERT INTO presence_verdict (
    receipt, occurred_at, decided_at, round, is_current, validity, remarks)
SELECT receipt, occurred_at, %(now)s, round, true, validity, remarks
FROM json_to_recordset(%(verdicts)s::json) AS decided (
    receipt bigint, occurred_at timestamptz, round smallint, validity text, remarks text[])
