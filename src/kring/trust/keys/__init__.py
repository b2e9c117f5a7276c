"""Keys: what is told in confidence or sealed is written locked, and its keys lie outside the main database.

One key per circle and one per young person. A row is locked under both, and bound to its table, column and row, so
that a locked text is worthless in any other place. A key that was destroyed never comes back under the same name.
"""

from kring.trust.keys.fields import LockedBytes, LockedText
from kring.trust.keys.locking import DoesNotOpen, Lock, lock_of
from kring.trust.keys.store import Gone, destroy, destroyed

__all__ = ["DoesNotOpen", "Gone", "Lock", "LockedBytes", "LockedText", "destroy", "destroyed", "lock_of"]
