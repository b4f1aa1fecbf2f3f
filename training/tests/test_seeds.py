"""The page of the source documents: its rows are true of the repository, and the page is that of its rows."""

import json

from nar_training.data.paths import REPOSITORY
from nar_training.research.seeds import best_figures, faults, page, read_rows
from nar_training.research.systems import SYSTEMS

ROWS = read_rows(REPOSITORY / "docs" / "seeds.tsv")


def test_every_row_names_what_exists() -> None:
    assert len(ROWS) == 133
    assert faults(ROWS, REPOSITORY) == []


def test_every_system_belongs_to_a_row() -> None:
    named = {name.strip() for row in ROWS for name in row["systems"].split(",")}
    assert set(SYSTEMS) <= named, set(SYSTEMS) - named


def test_the_page_is_written_from_the_rows() -> None:
    stored = REPOSITORY / "docs" / "results" / "research" / "systems.json"
    records = json.loads(stored.read_text(encoding="utf-8"))["variants"] if stored.exists() else []
    written = (REPOSITORY / "docs" / "seeds.md").read_text(encoding="utf-8")
    assert written == page(ROWS, best_figures(records)), "run python -m nar_training.research.seeds"


def test_faults_are_told() -> None:
    row = {**ROWS[0], "state": "partly", "note": "", "where": "no/such.py", "systems": "nothing", "document": "other"}
    told = faults([row, row], REPOSITORY)
    for part in ("numbered", "no note", "no/such.py does not exist", "'nothing'", "'other'"):
        assert any(part in sentence for sentence in told), part


def test_the_best_decoder_counts() -> None:
    decoders = [{"a": {"bleu": 4.0}, "b": {"bleu": 8.0}}, {"a": {"bleu": 6.0}, "b": {"bleu": 3.0}}]
    records = [{"name": "ctc", "seed": seed, "decoders": each} for seed, each in enumerate(decoders)]
    assert best_figures(records) == {"ctc": "5.5"}
