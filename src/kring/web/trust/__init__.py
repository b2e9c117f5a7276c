"""Coming in and going out: the first page, signing in, links, and the demonstration's cast."""
