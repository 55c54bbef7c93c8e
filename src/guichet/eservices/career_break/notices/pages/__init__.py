"""The pages of notices: the worker's own, and the employer's answer."""
