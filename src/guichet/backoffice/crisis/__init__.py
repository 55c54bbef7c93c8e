"""The desk of the measures for a rush of communications."""
