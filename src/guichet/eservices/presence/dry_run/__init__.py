"""What would become of acts and presences of days, asked before they are sent."""
