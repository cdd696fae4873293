"""Settings: typed, read from the environment once, checked at start, safe by default."""

import contextlib
import os
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
POLICIES = PROJECT / "app" / "landlords" / "policies"
MINIMUM_SECRET_LENGTH = 32


class WrongSetting(ValueError):
    """A setting from the environment cannot be used. The message names it and says what to write instead."""

    def __init__(self, name: str, value: object, what_to_write: str) -> None:
        super().__init__(f"{name} is {value!r}: {what_to_write}")
        self.name = name


@dataclass(frozen=True)
class Settings:
    """All that the environment decides.

    Sizes are bytes, times are seconds. ``secret_key`` never appears in ``repr``.
    """

    landlord: str
    database_url: str
    secret_key: str = field(repr=False)
    instance_path: Path
    public_url: str
    mail_server: str | None = None
    mail_port: int = 25
    mail_username: str | None = None
    mail_password: str | None = field(default=None, repr=False)
    mail_use_tls: bool = False
    mail_sender: str = "letterbox@localhost"
    trusted_proxies: int = 0
    draft_days: int = 7
    speech_timeout: float = 60.0
    # Folders in which better voices lie, or installed packages of them: checked by ``formats.speech.piper``.
    speech_voices: tuple[str, ...] = ()
    clamd: str | None = None
    rate_limit_storage: str = "memory://"
    # From one network: a library's computer with ten tenants in an hour is far below.
    sendings_an_hour: int = 300
    answers_an_hour: int = 6_000
    fastest_form: int = 3
    # A language whose catalogue lacks something is left out, but where colleagues or tests want to see it.
    unfinished_languages: bool = False
    # Those of before: what was signed or encrypted with them is still read. Never used for anything new.
    old_secret_keys: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read and check every setting.

        Raises WrongSetting, naming the variable, when one has a value that cannot be used.
        """
        env = os.environ if environment is None else environment
        instance_path = Path(env.get("INSTANCE_PATH") or PROJECT / "instance").resolve()
        port = _whole_number(env, "PORT", 8000, 1, 65535)
        return cls(
            landlord=_landlord(env.get("LANDLORD") or "livewest"),
            database_url=_database_url(env, instance_path),
            secret_key=_secret_key(env, instance_path),
            instance_path=instance_path,
            public_url=_public_url(env, port),
            mail_server=env.get("MAIL_SERVER") or None,
            mail_port=_whole_number(env, "MAIL_PORT", 25, 1, 65535),
            mail_username=env.get("MAIL_USERNAME") or None,
            mail_password=env.get("MAIL_PASSWORD") or None,
            mail_use_tls=_yes_or_no(env, "MAIL_USE_TLS", False),
            mail_sender=_mail_sender(env),
            trusted_proxies=_whole_number(env, "TRUSTED_PROXIES", 0, 0, 10),
            draft_days=_whole_number(env, "DRAFT_DAYS", 7, 1, 90),
            # A better voice takes a tenth of the time that its words last.
            speech_timeout=float(_whole_number(env, "SPEECH_TIMEOUT", 90 if env.get("SPEECH_VOICES") else 60, 1, 3600)),
            speech_voices=tuple(filter(None, (env.get("SPEECH_VOICES") or "").split(os.pathsep))),
            clamd=_clamd(env),
            rate_limit_storage=env.get("RATE_LIMIT_STORAGE") or "memory://",
            sendings_an_hour=_whole_number(env, "SENDINGS_PER_HOUR", 300, 1, 1_000_000),
            answers_an_hour=_whole_number(env, "ANSWERS_PER_HOUR", 6_000, 1, 1_000_000),
            unfinished_languages=_yes_or_no(env, "UNFINISHED_LANGUAGES", False),
            fastest_form=_whole_number(env, "FASTEST_FORM", 3, 0, 60),
            old_secret_keys=tuple((env.get("OLD_SECRET_KEYS") or "").split()),
        )

    @property
    def served_over_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """That of now first."""
        return (self.secret_key, *self.old_secret_keys)

    @property
    def uploads_path(self) -> Path:
        return self.instance_path / "uploads"

    @property
    def letters_path(self) -> Path:
        return self.instance_path / "letters"

    @property
    def outgoing_path(self) -> Path:
        return self.instance_path / "outgoing"

    def for_flask(self) -> dict[str, Any]:
        """The same settings under the names that Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": list(self.old_secret_keys),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            # What a statement failed on is what a tenant typed: logs name the statement only.
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True, **_not_waiting_for_ever(self.database_url)},
            # Browsers take a cookie of this name over HTTPS only, for the whole of this host and no other.
            "SESSION_COOKIE_NAME": "__Host-session" if self.served_over_https else "session",
            "SESSION_COOKIE_SECURE": self.served_over_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
            # A tenant may leave a page open for a day: the token lives as long as the session does.
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": "en_GB",
            "BABEL_DEFAULT_TIMEZONE": "Europe/London",
            "BABEL_TRANSLATION_DIRECTORIES": str(PROJECT / "translations"),
            "COMPRESS_ALGORITHM": ["br", "gzip"],
            "COMPRESS_BR_LEVEL": 5,  # 2 ms for the sheet: a tenth smaller than level 4; level 11 takes 80 ms
            "RATELIMIT_STORAGE_URI": self.rate_limit_storage,
            "MAIL_SERVER": self.mail_server or "localhost",
            "MAIL_PORT": self.mail_port,
            "MAIL_USERNAME": self.mail_username,
            "MAIL_PASSWORD": self.mail_password,
            "MAIL_USE_TLS": self.mail_use_tls,
            "MAIL_DEFAULT_SENDER": self.mail_sender,
            "MAIL_TIMEOUT": 20,
            "LETTERBOX": self,
        }


def _not_waiting_for_ever(database_url: str) -> dict[str, Any]:
    """A server that does not answer is away: pages that can do without it come then."""
    return {"connect_args": {"connect_timeout": 10}} if database_url.startswith("postgresql") else {}


def _landlord(value: str) -> str:
    known = sorted(p.stem for p in POLICIES.glob("*.toml") if not p.stem.startswith("_"))
    if value not in known:
        raise WrongSetting("LANDLORD", value, f"write one of {', '.join(known)}")
    return value


def _database_url(env: Mapping[str, str], instance_path: Path) -> str:
    value = env.get("DATABASE_URL") or f"sqlite:///{instance_path / 'letterbox.sqlite3'}"
    scheme, _, rest = value.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite":
        return value
    raise WrongSetting("DATABASE_URL", scheme, "write an address that begins with sqlite:// or postgresql://")


def _secret_key(env: Mapping[str, str], instance_path: Path) -> str:
    """The key from SECRET_KEY, else one made once and kept beside the database, readable by its owner only."""
    value = env.get("SECRET_KEY")
    if value:
        if len(value) < MINIMUM_SECRET_LENGTH:
            raise WrongSetting("SECRET_KEY", "…", f"write {MINIMUM_SECRET_LENGTH} characters or more")
        return value
    instance_path.mkdir(parents=True, exist_ok=True)
    path = instance_path / "secret_key"
    if not path.exists():
        _make_key(path)
    key = path.read_text()
    if len(key) < MINIMUM_SECRET_LENGTH:
        raise WrongSetting("SECRET_KEY", "…", f"remove {path}, which was cut short: all sign in again")
    return key


def _make_key(path: Path) -> None:
    """A key in this file, whole from its first moment: the site's processes start together, and one key serves all."""
    made = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
    finally:
        made.unlink(missing_ok=True)


def _public_url(env: Mapping[str, str], port: int) -> str:
    value = (env.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise WrongSetting("PUBLIC_URL", value, "write the site's address, such as https://letterbox.example")
    return value


def _mail_sender(env: Mapping[str, str]) -> str:
    value = env.get("MAIL_SENDER") or "letterbox@localhost"
    if "@" not in value:
        raise WrongSetting("MAIL_SENDER", value, "write an email address")
    return value


def _clamd(env: Mapping[str, str]) -> str | None:
    """Where the malware scanner listens: the path of its socket, or host:port."""
    value = env.get("CLAMD")
    if not value or value.startswith("/"):
        return value or None
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise WrongSetting("CLAMD", value, "write the path of clamd's socket, or its host:port")
    return value


def _whole_number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name)
    if not text:
        return default
    if not text.isdecimal() or not low <= int(text) <= high:
        raise WrongSetting(name, text, f"write a whole number from {low} to {high}")
    return int(text)


def _yes_or_no(env: Mapping[str, str], name: str, default: bool) -> bool:
    text = (env.get(name) or "").strip().lower()
    if not text:
        return default
    if text in ("1", "yes", "true", "on"):
        return True
    if text in ("0", "no", "false", "off"):
        return False
    raise WrongSetting(name, text, "write yes or no")
