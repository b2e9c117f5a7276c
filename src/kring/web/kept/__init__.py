"""What the law makes us keep of a family that was forgotten, for whoever has its number."""
