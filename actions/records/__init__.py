"""Operational data: what happened around conversations, kept apart from them."""
