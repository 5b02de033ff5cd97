"""Ways in: each channel turns its messages into turns, and replies into its own form."""
