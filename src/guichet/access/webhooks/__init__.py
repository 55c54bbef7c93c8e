"""Webhooks: what happens here, told to the software of an enterprise, signed."""
