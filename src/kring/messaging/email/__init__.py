"""E-mail: plain text first, and a simple page of the same words."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi

from kring.messaging.kinds import Words


def send(words: Words, *, language: str) -> None:
    """Hand one letter to the post."""
    told = {"words": words, "language": language, "direction": "rtl" if get_language_bidi() else "ltr"}
    message = EmailMultiAlternatives(
        subject=" ".join(words.subject.split()),
        body=render_to_string("messaging/letter.txt", told),
        to=[words.address],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language},
    )
    message.attach_alternative(render_to_string("messaging/letter.html", told), "text/html")
    if words.calendar:
        message.attach("invitation.ics", words.calendar, "text/calendar")
    message.send()
