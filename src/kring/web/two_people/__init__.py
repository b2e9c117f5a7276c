"""Two people: what nobody decides alone, who asked it, and the page on which somebody else says yes or no."""
