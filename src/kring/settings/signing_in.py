"""Accounts of staff: password or passkey, and a second factor. Families come by link and code."""

import os
from pathlib import Path

AUTH_USER_MODEL = (
    "trust.Account" if (Path(__file__).resolve().parents[1] / "trust" / "apps.py").exists() else "auth.User"
)

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey on http is accepted on localhost only, where the demonstration runs.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = os.environ.get("KRING_DEMO") == "1"
