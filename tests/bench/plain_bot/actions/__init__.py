"""The action server of the plain bot."""
