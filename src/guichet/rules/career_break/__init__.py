"""Career breaks, time credit and thematic leave: the right, the allowance, the road of a file."""
