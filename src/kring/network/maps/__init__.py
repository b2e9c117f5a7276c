"""The map of a village, made of the town's own list of neighbourhoods: reading it, drawing it, finding a point on it.

Nothing is fetched from anywhere and there are no tiles: a GeoJSON file with a name and an outline for each
neighbourhood is all there is, and all that is needed to say "this is in our street".
"""

from kring.network.maps.drawing import bounds_of, drawn, lies_in
from kring.network.maps.reading import MapUnreadable, Part, read

__all__ = ["MapUnreadable", "Part", "bounds_of", "drawn", "lies_in", "read"]
