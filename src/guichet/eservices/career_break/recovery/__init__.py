"""What was paid, what is asked back: the right to be heard first, instalments, an appeal."""
