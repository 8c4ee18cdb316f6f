"""Django's settings for accounts. Only a site that turns them on has any of this."""

from typing import Any

from lumbago.web.accounts.environment import AccountSettings, Mail

__all__ = ["APPS", "account_settings"]

APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
#: A browser that was told to remember is asked again after this long.
REMEMBERED_S = 14 * 24 * 3600
SHORTEST_PASSWORD = 12
VALIDATION = "django.contrib.auth.password_validation"


def account_settings(accounts: AccountSettings, *, public: bool) -> dict[str, Any]:
    """Settings to add to the others."""
    return {
        **_signing_in(public=public),
        **_mail(accounts.mail, accounts.sender),
        "SOCIALACCOUNT_PROVIDERS": _providers(accounts),
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
    }


def _signing_in(*, public: bool) -> dict[str, Any]:
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "record",
        "PASSWORD_HASHERS": [
            "django.contrib.auth.hashers.ScryptPasswordHasher",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ],
        # Long rather than odd: no rule asks for digits or signs (ASVS 6.2).
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": f"{VALIDATION}.MinimumLengthValidator",
                "OPTIONS": {"min_length": SHORTEST_PASSWORD},
            },
            {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
            {
                "NAME": f"{VALIDATION}.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("email",)},
            },
        ],
        "ACCOUNT_ADAPTER": "lumbago.web.accounts.adapter.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_CHANGE_EMAIL": True,
        # Codes rather than links: they work on another device than the one that reads mail, and no
        # secret stands in an address.
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
        "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED": True,
        "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT": 15 * 60,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "[lumbago] ",
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if public else "http",
        "ACCOUNT_SESSION_COOKIE_AGE": REMEMBERED_S,
        "MFA_ADAPTER": "lumbago.web.accounts.adapter.SecondStepAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not public,  # http://localhost has no HTTPS
        "MFA_TOTP_ISSUER": "lumbago",
        "MFA_TOTP_TOLERANCE": 1,  # a clock may be half a minute off
    }


def _mail(mail: Mail | None, sender: str) -> dict[str, Any]:
    shown = {"DEFAULT_FROM_EMAIL": sender}
    if mail is None:
        return {**shown, "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    return {
        **shown,
        "EMAIL_HOST": mail.host,
        "EMAIL_PORT": mail.port,
        "EMAIL_HOST_USER": mail.user,
        "EMAIL_HOST_PASSWORD": mail.password,
        "EMAIL_USE_SSL": mail.tls,
        "EMAIL_USE_TLS": not mail.tls,
        "EMAIL_TIMEOUT": 10,
    }


def _providers(accounts: AccountSettings) -> dict[str, Any]:
    provider = accounts.provider
    if provider is None:
        return {}
    app = {
        "provider_id": "site",
        "name": provider.name,
        "client_id": provider.client_id,
        "secret": provider.client_secret,
        "settings": {"server_url": provider.issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
