"""Files of declarations of works: read, declared form by form, answered."""
