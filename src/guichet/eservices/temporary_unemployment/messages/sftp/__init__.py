"""Folders for files, over SFTP: what a sender puts down and what lies there for him."""
