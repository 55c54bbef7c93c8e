"""The technical library, made from the code: glossary, schema, examples, anomalies, validator."""
