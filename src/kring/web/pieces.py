"""A large file leaves in pieces, and before each of them the database is asked again: what was taken away stops on the way.

An answer is made whole before it leaves; but a slow line carries eight megabytes for minutes, and a right that ends
ends there too (K2). Whoever loses any right meanwhile gets no more of it: the file is cut off, and can be asked for anew.
"""

from collections.abc import Iterator

from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kring.trust import viewer as viewers
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import knowing
from kring.trust.viewer import Viewer

#: What is not larger leaves at once.
PIECE = 256 * 1024


def in_pieces(answer: HttpResponse, viewer: Viewer) -> HttpResponseBase:
    """The same answer, asked for piece by piece."""
    content = answer.content
    if len(content) <= PIECE:
        return answer
    leaving = StreamingHttpResponse(
        _pieces(content, viewer, knowing.may_now(by=viewer)),
        status=answer.status_code,
        headers=answer.headers,
    )
    leaving.cookies = answer.cookies
    leaving.headers["Content-Length"] = str(len(content))  # so that a browser notices when it is cut off
    return leaving


def _pieces(content: bytes, viewer: Viewer, before: knowing.Rights) -> Iterator[bytes]:
    for start in range(0, len(content), PIECE):
        if not _may_still(viewer, before):
            return
        yield content[start : start + PIECE]


def _may_still(viewer: Viewer, before: knowing.Rights) -> bool:
    """Whether nothing was taken away since; asked as the viewer, in a moment of its own."""
    try:
        with viewers.acting(viewer.person_id, scope=viewer.scope, seen_as=viewer.seen_as) as me:
            return knowing.may_now(by=me).holds(before)
    except NotAllowed:
        return False
    finally:
        if not connection.in_atomic_block:
            connection.close()  # a slow line keeps none
