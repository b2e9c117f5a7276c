"""Danger: whom to call first, four hours of reading, who is told, who looks at it afterwards."""
