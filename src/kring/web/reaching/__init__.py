"""How a family is reached: its wishes, what was tried, and what is told instead of written."""
