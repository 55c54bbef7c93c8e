"""The pages of declarations of works."""
