"""Kring: the circle around a child."""
