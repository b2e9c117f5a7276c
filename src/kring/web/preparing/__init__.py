"""Getting ready for a review without signing in: by a link, on paper, aloud."""
