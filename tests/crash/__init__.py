"""Killed hard in the middle of writing: what was acknowledged is there, once."""
