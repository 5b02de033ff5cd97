"""Publicity (四送): points for posts and posters, and bookings of talks."""
