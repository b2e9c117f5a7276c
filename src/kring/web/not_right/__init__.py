"""This is not right: said of a text, answered within thirty days, and what stands beside it for good."""
