"""Everything about me: how long it is kept, taking it along, and being forgotten."""
