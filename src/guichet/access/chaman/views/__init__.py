"""Pages of technical channels: the sender, channels, their certificates, technical users."""
