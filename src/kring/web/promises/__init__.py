"""What we promise: the page for people, with the figures of the last run beside it."""
