"""The village's colours as a sheet from our own address. The address says the colours, so it may be kept for ever."""

import re
from collections.abc import Iterable, Mapping

from kring.trust import colours

#: In the address, a colour that the village left as it is.
AS_IT_IS = "as-is"
WRITTEN = re.compile(rf"[0-9a-f]{{6}}|{AS_IT_IS}")


def stamp(chosen: Mapping[str, str]) -> str:
    """The colours as they stand in the address: `0b6156_as-is_5b3a7a`."""
    return "_".join(chosen.get(use, "").removeprefix("#") or AS_IT_IS for use in colours.GIVEN)


def colours_in(stamp: str) -> dict[str, str] | None:
    """The colours of an address; nothing where it is none of ours."""
    written = stamp.split("_")
    if len(written) != len(colours.GIVEN) or not all(WRITTEN.fullmatch(one) for one in written):
        return None
    return {use: f"#{one}" for use, one in zip(colours.GIVEN, written, strict=True) if one != AS_IT_IS}


def sheet(chosen: Mapping[str, str]) -> str:
    """The sheet: only the names that differ from ours, in the words that older telephones understand too.

    The two small pages on which a look is tried show one light each, whatever the device prefers.
    """
    pairs = colours.theme(dict(chosen))
    root = (
        f"--{one.name}:var(--lightningcss-light,{one.day})var(--lightningcss-dark,{one.dark})"
        for one in pairs
    )
    return "".join(
        (
            _rule(":root", root),
            _rule('.tried[data-light="day"]', (f"--{one.name}:{one.day}" for one in pairs)),
            _rule('.tried[data-light="dark"]', (f"--{one.name}:{one.dark}" for one in pairs)),
        )
    )


def _rule(where: str, lines: Iterable[str]) -> str:
    return f"{where}{{{';'.join(lines)}}}"
