    SELECT receipt, day
    FROM presence_day
    WHERE recorded_in >= %(position)s
      AND recorded_in < %(bound)s
      AND (recorded_in > %(position)s OR receipt > %(receipt)s)
    ORDER BY recorded_in, receipt
    LIMIT %(limit)s
