"""Reads directories in the Open Referral HSDS 3.0 format: JSON, or the tabular package in a zip.

Source of the format: https://docs.openreferral.org (Human Services Data Specification 3.0).
Nothing here knows Django or the database. ``read(name, content)`` never raises for anything a
file may hold: what cannot be read becomes a ``Problem`` with file, row and column, and the rest
goes on. It reads at most 10 MB of text and stops after eight seconds, saying so.
"""

from kring.network.hsds.reading import read
from kring.network.hsds.shapes import (
    Contact,
    Location,
    Organisation,
    Problem,
    Reading,
    Rhythm,
    Service,
)

__all__ = ["Contact", "Location", "Organisation", "Problem", "Reading", "Rhythm", "Service", "read"]
