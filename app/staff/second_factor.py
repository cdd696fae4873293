"""The second factor of a colleague: set up, asked for, made anew, taken away. Nothing here commits."""

import secrets
from datetime import datetime

from sqlalchemy import select

from app.extensions import db, start_writing
from app.staff.actions import Entry, count_wrong_try, hold, record
from app.staff.changes import write_down
from app.staff.models import SignIn, StaffMember
from app.staff.one_time_codes import (
    RECOVERY_CODES,
    hash_of_recovery_code,
    is_of_the_app,
    one_time_codes,
    recovery_hash_in,
    typed_code,
)
from app.staff.sessions import end_sessions, hash_of, is_half_open, running

AUTHENTICATOR = "authenticator"  # Flask-Security's name for an app that shows codes


def set_up(
    staff_member_id: int, secret: str, code: str, at: datetime, session_id: int, who: str | None
) -> tuple[Entry, list[str]] | None:
    """Keep the secret that this code proves the telephone to have. The session has given its second factor with it.

    ``secret`` is encrypted, as it is kept. Gives the recovery codes, which are shown once; None where the code is
    wrong, or the session ended meanwhile. Other sessions of the colleague end, and so does a copy of this one: its key
    changes, as it does with a code.
    """
    counter = one_time_codes().counter_of(typed_code(code), secret, at, None)
    start_writing()
    if counter is None:
        return None
    colleague = hold(staff_member_id)
    sign_in = db.session.get_one(SignIn, session_id, populate_existing=True)
    if sign_in.ended_at is not None:
        return None
    colleague.tf_totp_secret, colleague.tf_primary_method = secret, AUTHENTICATOR
    colleague.last_code_counter = counter
    codes = make_recovery_codes(colleague)
    end_sessions(colleague.id, at, but=session_id)
    key = secrets.token_urlsafe(32)
    sign_in.session_hash, sign_in.second_factor_at = hash_of(key), at
    write_down(colleague, "second_factor_set", at, who)
    return Entry(colleague, key), codes


def make_recovery_codes(colleague: StaffMember) -> list[str]:
    """New ones; those of before work no more. Only their hashes are kept."""
    codes = one_time_codes().generate_recovery_codes(RECOVERY_CODES)
    colleague.mf_recovery_codes = [hash_of_recovery_code(code) for code in codes]
    return codes


def give_code(key: str, code: str, at: datetime, network: str) -> Entry | None:
    """Open the half-open session with this key, or None: wrong, used before, in a pause, or no such session.

    Wrong tries count with those of the password, and pause the account as they do. The key changes with the opening.
    """
    start_writing()
    sign_in = running(key, at)
    if sign_in is None or sign_in.staff_member is None or not is_half_open(sign_in):
        return None
    colleague = hold(sign_in.staff_member.id)
    if colleague.locked_until and at < colleague.locked_until:
        record(colleague, at, network, "locked")
        return None
    if not _is_right(colleague, typed_code(code), at):
        count_wrong_try(colleague, at)
        record(colleague, at, network, "code-refused")
        return None
    colleague.failed_sign_ins, colleague.locked_until = 0, None
    new_key = secrets.token_urlsafe(32)
    sign_in.session_hash, sign_in.second_factor_at = hash_of(new_key), at
    return Entry(colleague, new_key)


def _is_right(colleague: StaffMember, code: str, at: datetime) -> bool:
    """Each code once: what is right is used up with the asking."""
    secret = colleague.tf_totp_secret
    if secret is None:
        return False
    if is_of_the_app(code):
        counter = one_time_codes().counter_of(code, secret, at, colleague.last_code_counter)
        if counter is None:
            return False
        colleague.last_code_counter = counter
        colleague.tf_totp_secret = one_time_codes().with_todays_key(secret)
        return True
    kept = colleague.mf_recovery_codes or []
    used = recovery_hash_in(code, kept)
    if used is None:
        return False
    colleague.mf_recovery_codes = [one for one in kept if one != used]
    write_down(colleague, "recovery_code_used", at, colleague.email, left=len(kept) - 1)
    return True


def go_on(entry: Entry, second_factor_at: datetime | None) -> None:
    """A session that takes the place of another has the second factor that this one had."""
    sign_in = db.session.scalar(select(SignIn).where(SignIn.session_hash == hash_of(entry.session_key)))
    if sign_in is not None:
        sign_in.second_factor_at = second_factor_at


def take_away(colleague: StaffMember, at: datetime, who: str | None, but: int | None = None) -> None:
    """No second factor any more, and no session, except the one with this id.

    Whoever needs a second factor sets it up anew at the next sign-in.
    """
    colleague.tf_totp_secret = colleague.tf_primary_method = None
    colleague.mf_recovery_codes = colleague.last_code_counter = None
    end_sessions(colleague.id, at, but=but)
    write_down(colleague, "second_factor_reset", at, who)


def write_anew() -> tuple[int, int]:
    """Every secret under the key of now. Gives how many were written, and how many could not be read."""
    written = lost = 0
    for colleague in db.session.scalars(select(StaffMember).where(StaffMember.tf_totp_secret.is_not(None))):
        try:
            anew = one_time_codes().with_todays_key(colleague.tf_totp_secret or "")
        except KeyError:  # kept under a key that nobody knows any more
            lost += 1
            continue
        written += anew != colleague.tf_totp_secret
        colleague.tf_totp_secret = anew
    return written, lost
