"""Django's settings. What a company may change stands in its regulars.toml; nothing here is for editing."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from regulars_web import configuration as _configuration
from regulars_web.static_version import static_version

CONFIGURATION = _configuration.read_configuration()
WORKSPACE = CONFIGURATION.folder
HERE = Path(__file__).parent

SECRET_KEY = _configuration.secret_key(CONFIGURATION)
DEBUG = False
ALLOWED_HOSTS = CONFIGURATION.allowed_hosts
ROOT_URLCONF = "regulars_web.urls"
WSGI_APPLICATION = "regulars_web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": _configuration.database(CONFIGURATION)}

INSTALLED_APPS = [
    "regulars_web.shared",
    "regulars_web.accounts",
    "regulars_web.jobs",
    "regulars_web.home",
    "regulars_web.imports",
    "regulars_web.customers",
    "regulars_web.groups",
    "regulars_web.identity",
    "regulars_web.privacy",
    "regulars_web.voice",
    "regulars_web.touchpoints",
    "regulars_web.journeys",
    "regulars_web.journeymap",
    "regulars_web.programme",
    "regulars_web.definition",
    "regulars_web.staff",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "regulars_web.accounts.middleware.LanguageMiddleware",
    "regulars_web.accounts.middleware.PermissionMiddleware",
    "regulars_web.shared.middleware.SentenceMiddleware",
    "regulars_web.shared.middleware.ScopeMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "regulars_web.shared.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "regulars_web.shared.templatetags.regulars"],
        },
    },
]

# Languages and time -----------------------------------------------------------------------------------
LANGUAGES = [("en", "English"), ("bg", "Български"), ("ru", "Русский"), ("cs", "Čeština"), ("tr", "Türkçe")]
LANGUAGE_CODE = CONFIGURATION.languages[0]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIGURATION.time_zone

# Files that pages need: found in the package, addressed by their own content, so they may be kept for ever.
STATICFILES_DIRS = [("fonts", HERE.parent / "regulars" / "report" / "static" / "fonts")]
STATIC_URL = f"/static/{static_version()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 365 * 24 * 3600

# Who may come in --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
ACCOUNT_ADAPTER = "regulars_web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "regulars_web.accounts.forms.SignInForm",
    "reset_password": "regulars_web.accounts.forms.ForgottenForm",
}
SOCIALACCOUNT_ADAPTER = "regulars_web.accounts.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Regulars"
# Chromium treats localhost as secure; passkeys need that or https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not CONFIGURATION.secure
SOCIALACCOUNT_PROVIDERS = _configuration.sign_in_providers(CONFIGURATION)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = True
# Whom an address lets in is decided in the adapter, which also looks whether the server confirmed it.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False

# Safety -----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # No host of a company's sign-in server: the way there is a page of ours (accounts/sign_in_server.py).
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "regulars_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "regulars_web.shared.errors.page_is_old"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = CONFIGURATION.secure
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if CONFIGURATION.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = CONFIGURATION.secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.secure else None
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.address] if CONFIGURATION.address else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

# Mail -------------------------------------------------------------------------------------------------
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if CONFIGURATION.mail.get("host")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = str(CONFIGURATION.mail.get("host", ""))
EMAIL_PORT = int(str(CONFIGURATION.mail.get("port", 587)))
EMAIL_HOST_USER = str(CONFIGURATION.mail.get("user", ""))
EMAIL_HOST_PASSWORD = str(CONFIGURATION.mail.get("password", ""))
EMAIL_USE_TLS = bool(CONFIGURATION.mail.get("tls", True))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = str(CONFIGURATION.mail.get("from", "regulars@localhost"))

MESSAGE_TAGS = {40: "harm", 30: "old", 25: "good", 20: "plain"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
APPLICATION_NAME = _("Regulars")
