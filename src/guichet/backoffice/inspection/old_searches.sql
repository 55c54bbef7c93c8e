-- Searches past their term. One stays while a hold is in force on the inspector, on his institution,
-- on the enterprise or the person that was typed, or on somebody whom a look at it showed.
DELETE FROM inspection_search AS search
USING inspection_inquiry AS inquiry, persons_person AS inspector
WHERE inquiry.id = search.inquiry_id AND inspector.id = inquiry.person_id
  AND search.asked_at < %(before)s
  AND NOT EXISTS (
    SELECT 1 FROM audit_hold AS hold
    WHERE hold.lifted_at IS NULL
      AND (hold.enterprise_number IN (inquiry.institution_number, search.criteria ->> 'enterprise')
           OR hold.niss = inspector.niss
           OR hold.niss = translate(search.criteria ->> 'worker', ' .-/', '')
           OR EXISTS (
             SELECT 1 FROM inspection_look AS look
             JOIN audit_lookup AS seen ON seen.at = look.at AND seen.viewer_id = inspector.niss
             WHERE look.inquiry_number = inquiry.number AND look.target = search.number::text
               AND seen.niss = hold.niss)))
