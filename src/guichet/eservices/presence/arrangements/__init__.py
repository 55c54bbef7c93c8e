"""Agreements of an employer with subcontractors, principals, agencies and users."""
