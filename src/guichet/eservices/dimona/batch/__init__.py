"""Files of declarations: read, answered form by form, told back in XML."""
