"""What is taken on which day, and what follows from that alone."""
