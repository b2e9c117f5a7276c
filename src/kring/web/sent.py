"""How files come in: what is sent in confidence stays in memory and is never written down in the clear."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

IN_CONFIDENCE = "/me/"
#: Three files of eight megabytes, and the form around them.
MOST_BYTES = 25 * 1024 * 1024


class InMemoryOnly(MemoryFileUploadHandler):
    """Takes the files of a confidence into memory; other pages' files go the usual way."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Whether this handler takes the files of this request."""
        self.activated = bool(self.request) and self.request.path_info.startswith(IN_CONFIDENCE)
        if self.activated and content_length > MOST_BYTES:
            raise RequestDataTooBig
