-- Which enterprise announced each of these presences, by its software, a page or a device.
SELECT presence.receipt, coalesce(channel.enterprise_number, presence.sender_enterprise)
FROM presence_day AS presence
LEFT JOIN access_channel AS channel ON channel.id = presence.sender
WHERE presence.receipt = ANY(%(receipts)s)
  AND presence.day BETWEEN %(first)s AND %(last)s
  AND (channel.enterprise_number IS NOT NULL OR presence.sender_enterprise IS NOT NULL)
