"""Long runs against the real server, outside the test suite: make soak."""
