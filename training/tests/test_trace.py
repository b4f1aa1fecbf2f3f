"""The committed golden traces are what the reference decoders write today."""

import json
from pathlib import Path

import pytest

from nar_training.reference.network import ReferenceNetwork
from nar_training.reference.tiny_model import tiny_ctc_model, tiny_model, tiny_tokenizer
from nar_training.reference.token_edits import Edit, apply, compose
from nar_training.reference.trace import CASES, golden, model_name

FOLDER = Path(__file__).parents[2] / "test" / "fixtures" / "tiny"


@pytest.fixture(scope="module")
def networks() -> dict[str, ReferenceNetwork]:
    return {"tiny": ReferenceNetwork(tiny_model()), "tiny-ctc": ReferenceNetwork(tiny_ctc_model())}


def numbered() -> list[tuple[str, dict]]:
    counts: dict[str, int] = {}
    names = []
    for case in CASES:
        counts[case["decoder"]] = counts.get(case["decoder"], 0) + 1
        names.append((f"{case['decoder']}-{counts[case['decoder']]}", case))
    return names


def same(actual, expected, place: str = "") -> None:
    if isinstance(expected, float) or isinstance(actual, float):
        assert actual == pytest.approx(expected, abs=1e-4), place
    elif isinstance(expected, dict):
        assert actual.keys() == expected.keys(), place
        for name in expected:
            same(actual[name], expected[name], f"{place}.{name}")
    elif isinstance(expected, list):
        assert len(actual) == len(expected), place
        for index, (left, right) in enumerate(zip(actual, expected, strict=True)):
            same(left, right, f"{place}[{index}]")
    else:
        assert actual == expected, place


@pytest.mark.parametrize(("name", "case"), numbered())
def test_trace_is_current(name: str, case: dict, networks: dict[str, ReferenceNetwork]) -> None:
    network = networks[model_name(case)]
    tokenizer = tiny_tokenizer(network.model.configuration.vocabulary)
    stored = json.loads((FOLDER / "traces" / f"{name}.json").read_text(encoding="utf-8"))
    same(json.loads(json.dumps(golden(case, network, tokenizer))), stored, name)


def test_composed_edits_do_what_the_one_does_after_the_other() -> None:
    first = [Edit(0, 0, [9], 0.5, False), Edit(2, 4, [8, 7], 0.5, False)]
    second = [Edit(0, 0, [6], 0.5, False), Edit(4, 5, [], 0.5, False)]
    source = [1, 2, 3, 4, 5]
    assert apply(source, compose(first, second)) == apply(apply(source, first), second)
