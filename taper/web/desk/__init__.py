"""The desk: the page, what stands behind it, and the server of it."""
