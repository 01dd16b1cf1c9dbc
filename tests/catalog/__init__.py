"""What is published, each number with its source."""
