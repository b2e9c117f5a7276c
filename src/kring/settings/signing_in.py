"""Accounts of staff: password or passkey, and a second factor. Families come by link and code."""

import os
from pathlib import Path

from kring.ground import keeping

AUTH_USER_MODEL = (
    "trust.Account" if (Path(__file__).resolve().parents[1] / "trust" / "apps.py").exists() else "auth.User"
)

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SHORTEST_PASSWORD = 12
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": SHORTEST_PASSWORD},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "kring.web.trust.passwords.WordsOfTheHouse", "OPTIONS": {"enough": SHORTEST_PASSWORD}},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "kring.web.trust.adapters.AccountAdapter"
ACCOUNT_USER_DISPLAY = "kring.web.trust.adapters.shown_name"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Staff are invited to an address that somebody knows; nobody signs up by themselves.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Counted in the shared cache, so that a limit holds whichever worker answers.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/5m/ip,5/5m/key",
    "reset_password": "10/h/ip,4/h/key",
    "reset_password_from_key": "20/h/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "kring.web.trust.forms.SignIn",
    "reset_password": "kring.web.trust.forms.AskForReset",
}

# The sign-in that the town or an organisation keeps anyway (OpenID Connect). Without an issuer there is none.
SIGN_ON = {
    "issuer": os.environ.get("KRING_SIGN_ON_ISSUER", ""),
    "client": os.environ.get("KRING_SIGN_ON_CLIENT", ""),
    "secret": keeping.told("KRING_SIGN_ON_SECRET"),
    "name": os.environ.get("KRING_SIGN_ON_NAME", ""),
    # words by which it says that it asked for two factors, and that we accept; without them ours is asked
    "seconds": os.environ.get("KRING_SIGN_ON_SECOND", "").split(),
}

MFA_ADAPTER = "kring.web.trust.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Kring"
MFA_FORMS = {
    "authenticate": "kring.web.trust.forms.SecondCode",
    "reauthenticate": "kring.web.trust.forms.SecondCodeAgain",
    "activate_totp": "kring.web.trust.forms.FirstCode",
    "add_webauthn": "kring.web.trust.forms.AddPasskey",
}
# A passkey on http is accepted on localhost only, where the demonstration runs.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = os.environ.get("KRING_DEMO") == "1"
