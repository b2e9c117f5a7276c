from ground.conftest import furnished, place, surroundings

__all__ = ["furnished", "place", "surroundings"]
