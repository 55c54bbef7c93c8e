"""Files of messages that enterprises send: what came, from whom, what became of it."""
