"""The public face: services, questions, dates."""
