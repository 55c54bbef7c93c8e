-- The enterprises behind these numbers. A sole trader is an enterprise that never was an employer
-- and in which somebody is self-employed.
SELECT enterprise.number, enterprise.stopped_on, enterprise.onss_first_day,
       enterprise.onss_last_day,
       enterprise.onss_first_day IS NULL AND EXISTS (
           SELECT FROM enterprises_function AS held
           WHERE held.enterprise_id = enterprise.id AND held.function = 'self_employed'
       ) AS is_sole_trader
FROM enterprises_enterprise AS enterprise
WHERE enterprise.number = ANY(%(numbers)s)
