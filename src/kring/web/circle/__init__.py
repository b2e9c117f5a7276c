"""A family's circle on the screen: the rings, who sits in them, who sees what, who looked, homes and own pages."""
