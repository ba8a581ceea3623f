"""Settings of people and sign-in: passwords, sessions, second factor, sign-in through another organisation."""

from config.address import HTTPS, SITE_URL
from config.environment import DEMO, env

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mijn/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "people.password_rules.NotLikeYourself"},
    {"NAME": "people.password_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "people.password_rules.NotWellKnown"},
    {"NAME": "people.password_rules.NotOnlyDigits"},
]
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "people.adapters.SocialAccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "people.forms.signup.SignupDetailsForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
#: How long readers, deciders and the office's steps on a recognition may rely on the last sign-in.
READER_REAUTHENTICATION_SECONDS = env.int("READER_REAUTHENTICATION_SECONDS", default=60 * 60)
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Nestwerk"
USERSESSIONS_TRACK_ACTIVITY = False
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": env.str("OIDC_PROVIDER_ID", default="oidc"),
                    "name": env.str("OIDC_NAME", default="Organisatie-aanmelding"),
                    "client_id": env.str("OIDC_CLIENT_ID", default=""),
                    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ],
        }
    }
    if OIDC_SERVER_URL
    else {}
)
SOCIALACCOUNT_STORE_TOKENS = False

# The accounts of the demo; they exist nowhere else.
DEMO_PASSWORD = "nest-aan-het-water"
DEMO_ACCOUNTS = [
    ("deelnemer@demo.nestwerk.test", "Deelnemer", "een cursus volgen en je weg naar erkenning"),
    ("trainer@demo.nestwerk.test", "Trainer", "groepen, aanwezigheid met QR-code, intervisie"),
    ("teamcoordinator@demo.nestwerk.test", "Teamcoördinator", "wie van je team welk deel volgde"),
    ("auteur@demo.nestwerk.test", "Auteur", "cursussen en leerpakketten in het beheer"),
    ("lezer1@demo.nestwerk.test", "Lezer 1", "dossiers lezen en een advies geven"),
    ("lezer2@demo.nestwerk.test", "Lezer 2", "hetzelfde dossier, los van lezer 1"),
    ("commissie@demo.nestwerk.test", "Commissie", "beslissen na twee adviezen"),
    ("netwerk@demo.nestwerk.test", "Netwerkmedewerker", "bewijsstukken nakijken, erkenningen opvolgen"),
    ("beheer@demo.nestwerk.test", "Beheerder", "alles, ook pakketten goedkeuren en de stijlpagina"),
]
