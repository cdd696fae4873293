"""What ``make bench`` measures of the caseload is there to be measured."""

from pathlib import Path

from benchmarks.caseload import loaded, pages, plans_of
from benchmarks.desks import desk, opening
from tests.rig.databases import SqliteDatabases


def test_pages_that_are_measured_open_and_their_queries_are_explained(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    address = sqlite_databases.make(tmp_path)
    with desk(*loaded(tmp_path, address, 3)) as one:
        found = pages(one)
        assert {"caseload, all", "search, name", "search, postcode", "dashboard"} <= set(found)
        for page in (found[name] for name in ("caseload, mine", "search, name", "dashboard")):
            opening(one.client, page)()
        plans = "\n".join(plans_of(one, found["caseload, all"]))
        assert "ix_case_what_is_due_first" in plans
