"""What repeated calls of software stand for: a room of its own, below requests and notices."""
