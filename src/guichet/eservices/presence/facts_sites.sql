-- The declared sites behind these references.
SELECT site.reference, site.is_obliged, site.tolerance_metres, site.is_mobile
FROM works_site AS site
WHERE site.reference = ANY(%(references)s)
