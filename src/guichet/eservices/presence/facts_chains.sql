-- The contracts of these sites and who stands in their chains: first the contract with its
-- declarant, then each subcontractor with the days of his intervention.
SELECT site.reference, true AS is_contract, enterprise.number, contract.first_day,
       contract.last_day
FROM works_site AS site
JOIN works_contract AS contract ON contract.site_id = site.id
JOIN enterprises_enterprise AS enterprise ON enterprise.id = contract.declarant_id
WHERE site.reference = ANY(%(references)s)
UNION ALL
SELECT site.reference, false, coalesce(enterprise.number, link.foreign_vat_number),
       link.first_day, link.last_day
FROM works_site AS site
JOIN works_contract AS contract ON contract.site_id = site.id
JOIN works_intervention AS link ON link.contract_id = contract.id
LEFT JOIN enterprises_enterprise AS enterprise ON enterprise.id = link.enterprise_id
WHERE site.reference = ANY(%(references)s)
