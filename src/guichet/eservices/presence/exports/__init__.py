"""Files of presences that an enterprise takes along: at once, or made in the background."""
