"""How fast Kring is: a made-up city, asked through the real door, measured."""
