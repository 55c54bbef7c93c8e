"""When Dimona cannot be used: a dossier number now, the declaration as soon as it works again."""
