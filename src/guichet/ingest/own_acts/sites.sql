-- The activity of these sites and the first address of each.
SELECT DISTINCT ON (site.reference)
       site.reference, site.activity, address.postcode, address.municipality, address.street,
       address.house_number, address.box_number
FROM works_site AS site
LEFT JOIN works_address AS address ON address.site_id = site.id
WHERE site.reference = ANY(%s)
ORDER BY site.reference, address.position
