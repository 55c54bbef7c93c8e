"""Pages of the worker: his file, the ten steps, what follows."""
