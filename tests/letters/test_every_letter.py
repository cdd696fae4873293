"""Each format in each language, of ever another letter, passes its check; made twice it is alike.

English for both landlords, every other language for one of them.
"""

from pathlib import Path

import pytest

from app import formats
from app.formats.check import html
from tests.conftest import MakeApp
from tests.letters import matrix
from tests.letters.matrix import LANDLORDS
from tests.rig.turns import in_turn

CHEAP = frozenset(formats.FORMATS) - formats.HAS_RATE


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_each_format_in_each_language_passes_its_check(
    make_app: MakeApp, landlord: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix.share_recordings(monkeypatch)
    monkeypatch.setattr(html, "CHECKER", tmp_path / "not-there")  # it begins anew for seconds: it sees all at the end
    wanted = list(matrix.short(landlord, in_turn("read out")))
    app = make_app(landlord)
    with app.app_context():
        documents = matrix.documents(app, [(name, kind, language) for name, kind, language, _format in wanted])
        wrong = {}
        for number, (name, kind, language, format_name) in enumerate(wanted):
            (folder := tmp_path / str(number)).mkdir()
            document = documents[name, kind, language]
            if format_name in formats.HAS_RATE:
                document = matrix.soon_read_out(document)  # whole ones: tests/formats/test_audio.py, and the benchmark
            done = matrix.made(document, format_name, formats.Choice(), folder)
            if done.findings or done.refused:
                wrong[name, kind, language, format_name] = done
            if format_name in CHEAP and not done.refused:
                (first,) = folder.iterdir()
                again = formats.make(format_name, document).content
                assert first.read_bytes() == again, f"{format_name} of {name} in {language} differs when made again"
    assert wrong == {}
    monkeypatch.undo()
    assert html.checker_findings(*tmp_path.glob("*/*.html")) == []


def test_what_readers_choose_within_a_format_passes_its_check(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (app := make_app()).app_context():
        printed, spoken = ("stage-1-response", "complaint", "en"), (*matrix.SHORTEST[0], "en")
        documents = matrix.documents(app, [printed, spoken])
        wrong = {}
        for format_name, choices in matrix.CHOICES.items():
            is_spoken = format_name in formats.HAS_RATE
            document = matrix.soon_read_out(documents[spoken]) if is_spoken else documents[printed]
            for choice in choices:
                (folder := tmp_path / f"{format_name}-{len(list(tmp_path.iterdir()))}").mkdir()
                done = matrix.made(document, format_name, choice, folder)
                if done.findings or done.refused:
                    wrong[format_name, choice] = done
    assert wrong == {}
