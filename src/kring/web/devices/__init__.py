"""Devices: where somebody is in, and how that ends."""
