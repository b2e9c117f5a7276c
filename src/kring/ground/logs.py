"""A log that tells an administrator what broke, and nothing about a person."""

import logging
import traceback
from pathlib import Path


class Discreet(logging.Formatter):
    """Time, level, place and kind of error. Never an address, an argument, or the text of an exception.

    Addresses carry the ids and links of people, and the text of a database error may hold what
    somebody wrote; so only what stands in our own code is printed.
    """

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """One line of what the code said, then where it happened."""
        message = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        parts = [f"{self.formatTime(record)} {record.levelname} {record.name}: {message}"]
        if record.exc_info and record.exc_info[0]:
            parts.append(f"  {record.exc_info[0].__module__}.{record.exc_info[0].__qualname__}")
            for frame in traceback.extract_tb(record.exc_info[2]):
                parts.append(f"    {Path(frame.filename).name}:{frame.lineno} in {frame.name}")
        return "\n".join(parts)
