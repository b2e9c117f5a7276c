"""Pages for whoever keeps an offer right: its parts one by one, its pictures, the yes, and the letter's page."""
