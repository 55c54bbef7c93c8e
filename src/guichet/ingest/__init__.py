"""The hot operations of presence: a bare ASGI application over msgspec and psycopg. No Django."""
