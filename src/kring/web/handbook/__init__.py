"""The handbook: how to do things with Kring, in plain words and pictures, for whoever stands before a page."""
