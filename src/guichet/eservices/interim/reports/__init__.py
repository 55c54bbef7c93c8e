"""Reports of workers to their agencies: this relation is wrong."""
