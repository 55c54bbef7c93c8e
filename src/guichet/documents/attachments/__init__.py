"""Files that people hand in with a form: looked at, kept as pending, applied with the form."""
