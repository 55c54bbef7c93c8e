"""What the National Employment Office does with a complete file: takes, asks, decides, writes."""
