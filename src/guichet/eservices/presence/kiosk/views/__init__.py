"""Pages of the employer, the kiosk itself, and the doors of devices."""
