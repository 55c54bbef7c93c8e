    SELECT receipt, day FROM presence_day WHERE receipt = ANY(%(receipts)s)
