"""Pages of the remaining credit, the simulator and the codes for employers."""
