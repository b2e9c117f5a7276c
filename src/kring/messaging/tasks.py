"""Letters leave in the background. Tasks know ids only."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kring.messaging import usecases
from kring.messaging.models import Letter

ATTEMPTS = 4


@app.task(
    name="messaging.send_letter",
    queue="letters",
    retry=RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=30, retry_exceptions=usecases.POST_TROUBLE),
    pass_context=True,
)
def send_letter(context: object, letter_id: str) -> None:
    """Send one letter; the fourth time the post refuses, it is written down as not arrived."""
    try:
        usecases.send(UUID(letter_id), at=timezone.now())
    except usecases.POST_TROUBLE:
        job = getattr(context, "job", None)
        if job is not None and job.attempts >= ATTEMPTS:
            usecases.settle(UUID(letter_id), Letter.State.FAILED, at=timezone.now())
            return
        raise
