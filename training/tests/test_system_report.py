"""The tables of the compared systems: seeds together, nothing but what was measured, the page kept around them."""

import json
import xml.etree.ElementTree as ElementTree

import pytest

from nar_training.data.guard import DataError
from nar_training.research.scores import distinct, length_ratio
from nar_training.research.systems import SYSTEMS
from nar_training.research.systems.plot import points_of, spread_labels, svg
from nar_training.research.systems.report import BEGIN, END, figure, merged, put_in, tables


def record(name: str, seed: int, bleu: float, **more) -> dict:
    scores = {
        "bleu": bleu,
        "spread": 1.5,
        "source_bleu": 20.0,
        "word_error_rate": 7.0,
        "repetition": 3.0,
        "length_ratio": 0.94,
        "milliseconds_a_sentence": 2.0,
        "one_by_one_milliseconds": 9.0,
    }
    return {"name": name, "seed": seed, "minutes": 4.0, "steps": 100, "decoders": {"1 pass": scores}, **more}


def test_figures_of_seeds() -> None:
    assert figure([10.0, 12.0]) == "11.0 ± 1.0"
    assert figure([10.0], 1.5) == "10.0 ± 1.5" and figure([10.0]) == "10.0"


def test_newer_records_replace_older_ones_and_unknown_systems_go() -> None:
    got = merged([record("ctc", 1, 5), record("gone", 1, 9)], [record("ctc", 1, 6), record("one-pass", 2, 7)])
    assert [(each["name"], each["decoders"]["1 pass"]["bleu"]) for each in got] == [("one-pass", 7), ("ctc", 6)]


def test_tables_name_what_is_measured_and_what_is_not() -> None:
    notes = {"complexity": 2.5, "complexity_distilled": 1.5}
    text = tables([record("ctc", 1, 5), record("ctc", 2, 7), record("correct-ctc", 1, 60, notes=notes)])
    assert "| CTC (Graves 2006; Libovicky 2018) | 1 pass | 6.0 ± 1.0 | 20.0 ± 0.0 |" in text
    corrections = text[text.index("### Corrections") :]
    assert "corrector with CTC" in corrections and "| 7.0 |" in corrections
    assert "2.5 nats, distilled 1.5" in text
    missing = text[text.index("Not measured yet: ") :]
    assert "kermit" in missing and "one-pass" in missing and " ctc," not in missing
    assert "one system" not in text and json.dumps(text)
    assert tables([]) == "No system has been measured yet."
    assert "Not measured" not in tables([record(name, 1, 1) for name in SYSTEMS])


def test_the_page_around_the_tables_stays() -> None:
    page = f"# Title\n\nbefore\n\n{BEGIN}\nold\n{END}\n\nafter\n"
    got = put_in(page, "new")
    assert got == f"# Title\n\nbefore\n\n{BEGIN}\n\nnew\n\n{END}\n\nafter\n" and put_in(got, "new") == got
    with pytest.raises(DataError, match="no lines"):
        put_in("# Title\n", "new")


def test_the_plot_has_a_point_for_every_decoder_and_a_name_for_every_system() -> None:
    records = [record("ctc", 1, 5), record("ctc", 2, 7), record("one-pass", 1, 9)]
    points = points_of(records, ["one-pass", "ctc", "kermit"])
    assert points == {"one-pass": [("1 pass", 9.0, 9.0)], "ctc": [("1 pass", 9.0, 6.0)]}
    drawing = svg(points, {"one-pass": "one & all", "ctc": "CTC"})
    root = ElementTree.fromstring(drawing)
    circles = [element for element in root.iter() if element.tag.endswith("circle")]
    assert len(circles) == 2 and float(circles[0].get("cy")) < float(circles[1].get("cy"))  # the better one is higher
    assert {"one & all", "CTC"} <= {element.text for element in root.iter() if element.tag.endswith("text")}
    with pytest.raises(ValueError, match="nothing to draw"):
        svg({}, {})
    assert spread_labels([10.0, 11.0, 40.0], 13) == [10.0, 23.0, 40.0]


def test_lengths_and_distinct_ngrams_by_hand() -> None:
    assert length_ratio(["a b", "c"], ["a b c", "d e f"]) == 0.5
    assert distinct([[1, 2, 1], [1, 2]], 1) == 2 / 5 and distinct([[1, 2, 1], [1, 2]], 2) == 2 / 3
    assert distinct([[1]], 2) == 0
