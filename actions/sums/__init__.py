"""Sums that people ask for beside the amount itself: one module each, tried by `reckoning`."""
