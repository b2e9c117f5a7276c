"""What every answer tells the browser, and from where a request comes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
NOT_ASKED_FOR = (
    "camera",
    "geolocation",
    "payment",
    "usb",
    "serial",
    "display-capture",
    "browsing-topics",
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_ASKED_FOR),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # what is made for one person is kept by nobody; static files say otherwise themselves
    "Cache-Control": "no-store",
}


def protect(response: HttpResponseBase) -> HttpResponseBase:
    """Give an answer the headers it does not have yet."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def address_of(request: HttpRequest) -> str:
    """The address a request comes from; behind our own proxy, the one the proxy saw."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or "unknown"
    return request.META.get("REMOTE_ADDR", "") or "unknown"
