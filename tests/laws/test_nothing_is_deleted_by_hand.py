"""No page deletes a case, or anything that belongs to one: cases close, and are anonymised when their time is over."""

from pathlib import Path

from flask import Flask

from app import create_app
from tests.laws.source import PROJECT
from tests.rig.databases import settings_from

WORDS = ("delete", "remove", "destroy", "purge", "erase")
# What a tenant has typed and not sent yet is theirs to throw away; a colleague's own saved view is theirs.
THEIR_OWN = ("delete", "deleted")
NOT_OF_A_CASE = {"caseload.delete_a_saved_view", "caseload.remove_a_view", "caseload.forget_a_view"}


def rules_of(folder: Path) -> Flask:
    return create_app(settings_from(folder, f"sqlite:///{folder / 'none.sqlite3'}", "livewest"))


def test_no_address_deletes_a_case(tmp_path: Path) -> None:
    for rule in rules_of(tmp_path).url_map.iter_rules():
        assert "DELETE" not in (rule.methods or set()), rule
        if str(rule).startswith("/staff") and "<reference>" in str(rule):
            assert not any(word in f"{rule.endpoint} {rule}" for word in WORDS), f"{rule} deletes something of a case"


def test_no_code_deletes_a_case_its_contacts_promises_or_history() -> None:
    kept = ("Case", "Contact", "Promise", "Event", "Letter", "Message", "ComplaintFile", "Tenant", "Refusal")
    for path in (PROJECT / "app").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        for name in kept:
            assert f"delete({name})" not in code or (name == "Message" and path.name == "actions.py"), f"{path}: {name}"
