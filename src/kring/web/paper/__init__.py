"""Paper: what a page shows, as a PDF that hangs on a fridge, in the reader's language and direction."""
