"""The people of the network: who works in the village, and one's own card."""
