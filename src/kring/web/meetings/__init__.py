"""Meetings of a circle: calling one, preparing it together, holding it, and reading afterwards what was decided."""
