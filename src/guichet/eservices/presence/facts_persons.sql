-- Which of these numbers the register of persons knows.
SELECT niss FROM persons_person WHERE niss = ANY(%(ssins)s)
