"""What the village stands for, on pages: words that help, the practice at hand, the principles."""
