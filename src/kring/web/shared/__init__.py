"""A device that others use too: a start page without names, and what opens on it for a minute."""
