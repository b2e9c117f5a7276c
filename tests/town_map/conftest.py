"""The scene of the directory, for its map."""

from network.conftest import scene, sign_in

__all__ = ["scene", "sign_in"]
