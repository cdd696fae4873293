"""The extensions, made once and bound to the application by ``create_app``."""

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from flask import Flask, Response
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_mailman import Mail
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from sqlalchemy import Connection, DateTime, Dialect, MetaData, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

BUSY_TIMEOUT_MILLISECONDS = 15_000
GREATEST_ID = 2**31 - 1  # what both databases hold in the number of a row
FEATURES_NOT_USED = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True

        def __init__(self, **values: Any) -> None: ...
else:
    Model = db.Model


babel = Babel()
csrf = CSRFProtect()
mail = Mail()
limiter = Limiter(key_func=get_remote_address)
compress = Compress()
form_helpers = WTFormsHelpers()


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Takes and gives aware datetimes in UTC; refuses naive ones, which would be an hour out in summer."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must say its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _render_type(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Migrations name the database's own type, so that they still run when our class has moved."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


def is_of_a_model(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a migration compares this with the models. The index of words is each database's own kind of table."""
    return kind != "table" or not (name or "").startswith("case_words")


migrate = Migrate(compare_type=True, render_as_batch=True, render_item=_render_type, include_name=is_of_a_model)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: object) -> None:
    """Readers never wait for the one writer (WAL), references are enforced, and a busy database is waited for."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        is_writing = connection.get_execution_options().get("is_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def start_writing() -> None:
    """Begin a transaction that will write. Call it first in every act that writes, before the first query.

    SQLite cannot turn a reader into a writer once somebody else has written; so the writer's place is taken
    at once, and waited for. What the session held unsaved is dropped.
    """
    db.session.rollback()
    db.session.connection(execution_options={"is_writing": True})


class RowNumber(IntegerConverter):
    """``<int:…>`` in an address. A number that no row can have is no address: the database is not asked for it."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": GREATEST_ID, **options})


CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
# For views that are asked from inside, such as by a load balancer: answered without HTTPS too.
without_https = Talisman()(force_https=False)


def secure(app: Flask) -> None:
    """Security headers on every answer. No inline script or style, nothing from elsewhere, no framing."""
    settings = app.config["LETTERBOX"]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    Talisman(  # one for each application: it keeps its settings in itself
        app,
        force_https=settings.served_over_https,
        strict_transport_security=settings.served_over_https,
        session_cookie_secure=settings.served_over_https,
        frame_options="DENY",
        content_security_policy=CONTENT_POLICY,
        permissions_policy=dict.fromkeys(FEATURES_NOT_USED, "()"),
        referrer_policy="same-origin",
    )

    @app.after_request
    def stand_alone(response: Response) -> Response:
        """No other site may hold this one's window, or show its files as its own."""
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
