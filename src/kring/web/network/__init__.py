"""The directory on the page: looking for an offer, writing one down, taking over a list."""
