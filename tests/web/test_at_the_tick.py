"""What is hidden and what is not there leave at the same moment; everything else leaves as soon as it can."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kring.web import middleware

KNOWN = {settings.SESSION_COOKIE_NAME: "x"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A clock that goes on by what a page takes, and by what is waited."""
    made = SimpleNamespace(now=100.0)

    def wait(seconds: float) -> None:
        made.now += seconds

    monkeypatch.setattr(middleware, "time", SimpleNamespace(monotonic=lambda: made.now, sleep=wait))
    return made


def left_after(
    clock: SimpleNamespace, takes: float, status: int = 404, cookies: dict[str, str] = KNOWN
) -> float:
    """When the answer leaves, in seconds after the question came."""
    begun = clock.now

    def answers(_request: HttpRequest) -> HttpResponse:
        clock.now += takes
        return HttpResponse(status=status)

    request = HttpRequest()
    request.COOKIES = cookies
    middleware.AtTheTick(answers)(request)
    return float(clock.now - begun)


@pytest.mark.parametrize(
    ("takes", "leaves"), [(0.0041, 0.025), (0.0049, 0.025), (0.0249, 0.025), (0.026, 0.05)]
)
def test_what_is_not_here_leaves_at_a_tick(clock, takes, leaves):
    assert left_after(clock, takes) == pytest.approx(leaves)


@pytest.mark.parametrize("status", [200, 302, 403])
def test_what_is_here_does_not_wait(clock, status):
    assert left_after(clock, 0.004, status) == pytest.approx(0.004)


def test_without_a_session_nobody_waits(clock):
    assert left_after(clock, 0.004, cookies={}) == pytest.approx(0.004)
