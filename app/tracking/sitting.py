"""Which case a browser has open, for a short while: in a signed cookie that names neither the case nor its secret."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "following"
LASTS = timedelta(minutes=30)  # after the last page
_SALT = "following"


@dataclass(frozen=True)
class Sitting:
    """``case_id`` is the database's own; ``until`` is aware."""

    case_id: int
    has_code: bool
    until: datetime

    def is_over(self, at: datetime) -> bool:
        return at >= self.until


def begin(case_id: int, has_code: bool, at: datetime) -> Sitting:
    return Sitting(case_id, has_code, at + LASTS)


def as_cookie(sitting: Sitting, secret_key: str) -> str:
    seconds = int(sitting.until.timestamp())
    return str(URLSafeSerializer(secret_key, salt=_SALT).dumps([sitting.case_id, sitting.has_code, seconds]))


def from_cookie(held: str | None, secret_key: str) -> Sitting | None:
    """None when there is none, or when somebody changed it. It may be over."""
    try:
        case_id, has_code, seconds = URLSafeSerializer(secret_key, salt=_SALT).loads(held or "")
        return Sitting(int(case_id), bool(has_code), datetime.fromtimestamp(seconds, UTC))
    except (BadSignature, TypeError, ValueError):
        return None
