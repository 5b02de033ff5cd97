"""Speed: make bench."""
