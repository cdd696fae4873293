"""Each format in each language for both landlords, of ever another letter, passes its check; made twice it is alike."""

from pathlib import Path

import pytest

from app import formats
from app.languages import LANGUAGES
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
    wanted = list(matrix.short(landlord, tuple(LANGUAGES), in_turn("read out")))
    app = make_app(landlord)
    with app.app_context():
        documents = matrix.documents(app, [(name, kind, language) for name, kind, language, _format in wanted])
        wrong = {}
        for number, (name, kind, language, format_name) in enumerate(wanted):
            (folder := tmp_path / str(number)).mkdir()
            document = documents[name, kind, language]
            done = matrix.made(document, format_name, formats.Choice(), folder)
            if done.findings or done.refused:
                wrong[name, kind, language, format_name] = done
            if format_name in CHEAP:
                twice = [formats.make(format_name, document).content for _ in range(2)]
                assert twice[0] == twice[1], f"{format_name} of {name} in {language} differs when it is made again"
    assert wrong == {}


def test_what_readers_choose_within_a_format_passes_its_check(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (app := make_app()).app_context():
        ((_key, document),) = matrix.documents(app, [("stage-1-response", "complaint", "en")]).items()
        wrong = {}
        for format_name, choices in matrix.CHOICES.items():
            for choice in choices:
                (folder := tmp_path / f"{format_name}-{len(list(tmp_path.iterdir()))}").mkdir()
                done = matrix.made(document, format_name, choice, folder)
                if done.findings or done.refused:
                    wrong[format_name, choice] = done
    assert wrong == {}
