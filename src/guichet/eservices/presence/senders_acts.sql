-- Which enterprise's software sent each of these acts; none for a page, a phone or a device.
SELECT act.receipt, channel.enterprise_number
FROM presence_act AS act
JOIN access_channel AS channel ON channel.id = act.sender
WHERE act.receipt = ANY(%(receipts)s)
  AND act.occurred_at >= %(since)s AND act.occurred_at < %(until)s
