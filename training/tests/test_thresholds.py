"""Thresholds by type and form, and the objective that picks them."""

import json

import pytest

from nar_training.data.paths import REPOSITORY
from nar_training.evaluate.edits import Edit
from nar_training.fit.calibrate import Found, Measured, accepted, choose_thresholds, form_of, groups_of
from nar_training.fit.correct import Corrector
from nar_training.fit.correct import Edit as TokenEdit
from nar_training.fit.error_density import with_error_density

ROWS = [
    line.split("\t")
    for line in (REPOSITORY / "test" / "fixtures" / "prior" / "edit-forms.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("source", "start", "end", "replacement", "form"), ROWS)
def test_the_form_of_an_edit_is_the_hosts(source, start, end, replacement, form):
    assert form_of(source, Edit(int(start), int(end), replacement)) == form


def found(
    set_: str, sentence: int, confidence: float, right: bool, kind: str = "article", form: str = "insert"
) -> Found:
    return Found(
        set_,
        sentence,
        kind,
        form,
        False,
        confidence,
        frozenset({(sentence, confidence)}) if right else frozenset(),
        0 if right else 1,
    )


def test_a_form_has_a_group_of_its_own_only_where_it_is_frequent():
    many = [found("grammar", index, 0.5, index % 2 == 0) for index in range(80)]
    few = [found("grammar", 100 + index, 0.5, True, form="delete") for index in range(5)]
    rare = [found("grammar", 200, 0.5, True, kind="hyphen")]
    assert {name: len(group) for name, group in groups_of(many + few + rare).items()} == {
        "article/insert": 80,
        "article": 5,
        "default": 1,
    }


def test_thresholds_keep_the_alarms_in_their_budget():
    right = [found("grammar", index, 0.9, True) for index in range(80)]
    alarms = [found("prose", index, 0.6, False) for index in range(50)]
    measured = Measured(
        right + alarms, {"checked": 0, "typo": 0, "grammar": 100, "prose": 0}, {}, {}, words=10_000, milliseconds=1
    )
    thresholds = choose_thresholds(measured)
    assert 0.6 < thresholds["byType"]["article/insert"] <= 0.9
    assert all(accepted(f, thresholds) for f in right) and not any(accepted(f, thresholds) for f in alarms)


class Words:
    """One token a word."""

    texts = ("see", " the", " log", " The")

    def decode(self, ids):
        return "".join(self.texts[id_] for id_ in ids)


@pytest.mark.parametrize(("ids", "start", "kept"), [([0, 1, 1, 2], 1, 2), ([0, 3, 1, 2], 1, 2), ([0, 1, 2], 1, 1)])
def test_the_first_copy_of_a_doubled_word_stays(ids, start, kept):
    corrector = Corrector.__new__(Corrector)
    corrector.tokenizer = Words()
    assert corrector.keep_first_copy(ids, TokenEdit(start, start + 2, [], 0.9, False)).start == kept


def test_confidences_in_the_light_of_the_other_edits_are_the_hosts():
    for case in json.loads(
        (REPOSITORY / "test" / "fixtures" / "prior" / "error-density.json").read_text(encoding="utf-8")
    ):
        assert [[round(value, 4) for value in edits] for edits in with_error_density(case["before"])] == [
            [round(value, 4) for value in edits] for edits in case["after"]
        ]
