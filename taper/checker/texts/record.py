"""What the rules about records that came from outside say."""

TEXTS: dict[str, str] = {}
