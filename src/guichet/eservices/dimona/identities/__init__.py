"""IDFLUX: the employer is told when the number or the identity of a worker changed."""
