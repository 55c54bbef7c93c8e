"""When everybody comes at once: waivers, a queue instead of errors, reading only."""
