"""Two processes on one database, each keeps pages of its own: what one is told, both say, at its minute."""

import time
import urllib.request
from datetime import UTC, datetime, timedelta

from app import create_app
from app.extensions import db
from app.notices import actions
from app.notices.shapes import Given
from tests.conftest import MakeSite, Visitor
from tests.notices.on_pages import WHO, words
from tests.rig.databases import settings_from

PAGE = "/en/privacy"
SECOND = timedelta(seconds=1)


def test_a_notice_comes_and_goes_on_the_kept_pages_of_both(make_site: MakeSite) -> None:
    site = make_site(processes=1)
    app = create_app(settings_from(site.instance_path, site.environment["DATABASE_URL"], "livewest"))
    app.test_client_class = Visitor

    def there() -> tuple[str, str | None]:
        with urllib.request.urlopen(f"{site}{PAGE}", timeout=30) as answer:
            return answer.read().decode(), answer.headers["ETag"]

    def here() -> tuple[str, str | None]:
        answer = app.test_client().get(PAGE)
        return answer.text, answer.headers["ETag"]

    before = [read()[1] for read in (there, here)]
    assert [read()[1] for read in (there, here)] == before, "each keeps its page"
    with app.app_context():
        now = datetime.now(UTC)
        announced, ends = now + SECOND, now + 4 * SECOND
        given = Given("busy-lines", "important", words("Lines are busy"), announced, ends, announced)
        notice = actions.write(given, WHO, now)
        actions.publish(notice, WHO, now)
        db.session.commit()
        seen: set[tuple[object, bool]] = set()
        while datetime.now(UTC) < ends + SECOND / 2:
            for read in (there, here):
                asked = datetime.now(UTC)
                is_there = "Lines are busy" in read()[0]
                answered = datetime.now(UTC)
                if answered < announced or asked >= ends:
                    assert not is_there
                    seen.add((read, False))
                elif asked >= announced and answered < ends:
                    assert is_there
                    seen.add((read, True))
            time.sleep(0.2)
        db.engine.dispose()
    assert len(seen) == 4, "both showed it, and both did not"
    assert [read()[1] for read in (there, here)] == before, "the page is again what it was"
