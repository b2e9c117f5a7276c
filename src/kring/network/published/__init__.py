"""What of the directory goes out into the world, for programs: HSDS 3.0 and data·inclusion v1.

Only what everybody reads on the public pages goes out: offers one can ask for, the organisations that
have one, the places where they are. Ids are the village's own and stay; what hangs below an offer gets
an id that follows from it, so that the same directory is the same answer, letter for letter.
"""

from typing import Any

Record = dict[str, Any]
