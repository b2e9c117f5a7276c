"""How a child learns best, on sheets of their own; and the talents people see, for the child to keep."""
