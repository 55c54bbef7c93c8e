"""Official documents: rendered, sealed, kept once, handed to their recipient, verifiable by all."""
