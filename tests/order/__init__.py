"""What a clinician may write, and what is refused."""
