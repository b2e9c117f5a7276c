"""The demonstration village: one made-up cast for the demo, the tests, the handbook and the pictures."""
