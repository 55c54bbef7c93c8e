"""Files of communications on this site."""
