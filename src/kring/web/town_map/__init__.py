"""The village on a map: where its offers are, and drawing the map from the town's own list."""
