    -- Presences that a group of register changes touches. A change of works also touches those of
    -- today and later, whatever its days: they are still to be lived.
    SELECT found.receipt, found.day
    FROM (
        SELECT presence.receipt, presence.day
        FROM platform_change AS change
        JOIN presence_day AS presence
          ON presence.ssin = change.niss
         AND presence.day >= coalesce(change.first_day, date '1900-01-01')
         AND presence.day <= coalesce(change.last_day, date '9000-01-01')
        WHERE change.id = ANY(%(changes)s)
        UNION
        SELECT presence.receipt, presence.day
        FROM platform_change AS change
        JOIN persons_person AS person ON person.niss = change.niss
        JOIN postings_limosa AS limosa ON limosa.person_id = person.id
        JOIN presence_day AS presence ON presence.limosa_number = limosa.number
        WHERE change.id = ANY(%(changes)s) AND presence.day >= %(today)s
        UNION
        SELECT presence.receipt, presence.day
        FROM platform_change AS change
        JOIN presence_day AS presence
          ON presence.enterprise_number = change.enterprise_number
         AND presence.day >= greatest(coalesce(change.first_day, %(today)s), %(today)s)
        WHERE change.id = ANY(%(changes)s)
          AND change.niss IS NULL AND change.works_reference IS NULL
        UNION
        SELECT presence.receipt, presence.day
        FROM platform_change AS change
        JOIN presence_day AS presence
          ON presence.works_reference = change.works_reference
         AND (presence.day >= %(today)s
              OR presence.day BETWEEN coalesce(change.first_day, date '1900-01-01')
                             AND coalesce(change.last_day, date '9000-01-01'))
        WHERE change.id = ANY(%(changes)s)
    ) AS found
    ORDER BY found.receipt
    LIMIT %(limit)s
