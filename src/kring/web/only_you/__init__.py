"""Before what is told between two people: whoever holds the telephone shows that it is they themselves (K13)."""
