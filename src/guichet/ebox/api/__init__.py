"""REST ebox v2: consulting the e-Box of the caller's enterprise, and publishing into boxes."""
