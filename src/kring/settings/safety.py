"""What a browser is told and asked, so that what one reads stays with the one who reads it."""

import os

SESSION_COOKIE_NAME = "__Host-kring"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_ENGINE = "kring.web.sessions"  # the table holds fingerprints of the keys only

CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_HEADER_NAME = "HTTP_X_CSRFTOKEN"
CSRF_FAILURE_VIEW = "kring.web.errors.not_sent_from_here"

# What a page says once stays on our side until it is said.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# The language one chose is no secret, but it is not sent to others either.
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A proxy of our own stands before the server and tells where a request comes from.
BEHIND_PROXY = os.environ.get("KRING_BEHIND_PROXY") == "1"

_public = os.environ.get("KRING_DEMO") != "1" and bool(os.environ.get("KRING_HOSTS"))
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _public else 0
SECURE_SSL_REDIRECT = _public and BEHIND_PROXY
# Programs are told, not led: one that begins on an open line should notice (web.middleware.OverALockedLine).
SECURE_REDIRECT_EXEMPT = [r"^hsds/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# What is sent in confidence never touches the disk on its way.
FILE_UPLOAD_HANDLERS = [
    "kring.web.sent.InMemoryOnly",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_PERMISSIONS = 0o600
