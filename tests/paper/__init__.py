"""What is printed is what was planned."""
