"""The door of a worker's own acts: what the phone's queue sends, judged and stored once."""
