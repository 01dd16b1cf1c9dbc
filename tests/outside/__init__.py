"""Programs of other people that judge what leaves the house: they need node, Java or a browser."""
