"""Kept from abuse without a puzzle: nobody is refused for looking odd, and no person meets a limit.

A form that looks as if a machine had sent it is taken in all the same; staff see the signs. Where a field was filled in
that people cannot see, no email goes out by itself. Limits on a network are far above what people send from a library
or an office.
"""

from datetime import UTC, datetime, timedelta

from flask import current_app, g, request
from limits import RateLimitItemPerHour
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from app.extensions import limiter
from app.staff.doors import network_of_request

HIDDEN_FIELD = "subject"  # on the check page: what machines like to fill in, people cannot see, and browsers never fill
FILLED_HIDDEN_FIELD, VERY_FAST = "filled_hidden_field", "very_fast"
ANSWERS, SENDINGS = "answers", "sendings"  # what is counted
# An answer that is too long still comes back to be shortened, up to this.
LARGEST_FORM = 4 * 1024 * 1024  # bytes
MOST_FIELDS = 1_000
# So much of what is larger still is read and dropped: a browser shows our page only once it has sent everything.
READ_AND_DROPPED = 64 * 1024 * 1024
PIECE = 64 * 1024


class TooMany(Exception):
    """This network has sent more than any people would. ``seconds``: when it may go on."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many: again in {seconds} s")
        self.seconds = seconds


def doubts(started_at: datetime | None, sent_at: datetime, hidden: str | None, fastest: timedelta) -> tuple[str, ...]:
    """Signs that a machine filled the form in. ``hidden`` is what the field holds that people cannot see."""
    found = [FILLED_HIDDEN_FIELD] if hidden else []
    if started_at is not None and sent_at - started_at < fastest:
        found.append(VERY_FAST)
    return tuple(found)


def doubts_of_request(started_at: datetime | None, sent_at: datetime) -> tuple[str, ...]:
    fastest = timedelta(seconds=current_app.config["LETTERBOX"].fastest_form)
    return doubts(started_at, sent_at, request.form.get(HIDDEN_FIELD), fastest)


def count(what: str) -> None:
    """Count one of ANSWERS or SENDINGS for the network that asks. Raises TooMany.

    Where the counts cannot be kept nobody is refused.
    """
    settings = current_app.config["LETTERBOX"]
    limit = RateLimitItemPerHour(settings.sendings_an_hour if what == SENDINGS else settings.answers_an_hour)
    network = network_of_request()
    if not limiter.enabled:
        return
    try:
        is_within = limiter.limiter.hit(limit, what, network)
        ends_at = limiter.limiter.get_window_stats(limit, what, network).reset_time
    except Exception:  # the store of the counts is somebody else's program: whatever it raises, tenants go on
        current_app.logger.exception("what a network sends could not be counted")
        return
    if not is_within:
        raise TooMany(max(1, int(ends_at - datetime.now(UTC).timestamp()) + 1))


def ask_to_wait(refusal: TooMany) -> None:
    """Before the page is made: it says when to try again."""
    g.minutes_to_wait = -(-refusal.seconds // 60)


def saying_when(response: Response, refusal: TooMany) -> Response:
    response.headers["Retry-After"] = str(refusal.seconds)
    return response


def read_form() -> None:
    """Read what was sent, before anything else does. Raises RequestEntityTooLarge, with the connection still usable."""
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    try:
        if request.get_data(cache=True, parse_form_data=False).count(b"&") > MOST_FIELDS:
            raise RequestEntityTooLarge
    except RequestEntityTooLarge:
        _drop_the_rest()
        raise


def _drop_the_rest() -> None:
    left = min(request.content_length or 0, READ_AND_DROPPED)
    stream = request.environ["wsgi.input"]
    while left > 0 and (piece := stream.read(min(left, PIECE))):
        left -= len(piece)
