"""Second opinions, written without the code that they judge."""
