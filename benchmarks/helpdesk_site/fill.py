"""Fill the other help desk through its own models: ``python -m benchmarks.helpdesk_site.fill FILE``.

FILE holds, a JSON object a line, what each of our cases is: so that both keep the same people and words.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.helpdesk_site.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402

BATCH = 5000
PASSWORD = "open the letterbox please"


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    people: dict[str, Any] = {}
    queues: dict[str, Any] = {}
    with open(sys.argv[1], encoding="utf-8") as file:
        while lines := list(islice(file, BATCH)):
            _add([json.loads(line) for line in lines], people, queues)
    whoever = next(iter(people.values()))
    whoever.set_password(PASSWORD)
    whoever.is_superuser = True
    whoever.save()
    print(whoever.username, Ticket.objects.count())


def _add(cases: list[dict[str, Any]], people: dict[str, Any], queues: dict[str, Any]) -> None:
    for case in cases:
        if case["handler"] not in people:
            people[case["handler"]] = User.objects.create(username=case["handler"], is_staff=True)
        if case["kind"] not in queues:
            queues[case["kind"]] = Queue.objects.create(
                title=case["kind"], slug=case["kind"], allow_public_submission=True
            )
    tickets = Ticket.objects.bulk_create(
        [
            Ticket(
                title=case["words"][:80], description=case["words"], queue=queues[case["kind"]],
                created=datetime.fromisoformat(case["received_at"]), submitter_email=case["email"],
                assigned_to=people[case["handler"]], priority=3, secret_key=case["reference"],
                status=Ticket.OPEN_STATUS if case["is_open"] else Ticket.CLOSED_STATUS,
                due_date=case["due_at"] and datetime.fromisoformat(case["due_at"]),
            )
            for case in cases
        ]
    )  # fmt: skip
    FollowUp.objects.bulk_create(
        [
            FollowUp(ticket=ticket, title="Answered", comment="We have got it.", public=True, user=ticket.assigned_to,
                     date=ticket.created + timedelta(hours=4))
            for ticket in tickets
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
