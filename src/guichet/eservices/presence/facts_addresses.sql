-- The addresses of these sites.
SELECT site.reference, address.longitude, address.latitude, address.postcode
FROM works_site AS site
JOIN works_address AS address ON address.site_id = site.id
WHERE site.reference = ANY(%(references)s)
ORDER BY site.reference, address.position
