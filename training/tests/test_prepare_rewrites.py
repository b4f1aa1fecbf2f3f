"""Pools of rewordings: which pairs go where."""

import json
from pathlib import Path

import pytest
import zstandard

from nar_training.data.guard import DataError
from nar_training.data.prepare_rewrites import filtered_pairs


def write(folder: Path, mode: str, pairs: list[tuple[str, str]]) -> Path:
    folder.mkdir(exist_ok=True)
    lines = "".join(json.dumps({"id": str(at), "source": a, "target": b}) + "\n" for at, (a, b) in enumerate(pairs))
    (folder / f"{mode}.jsonl.zst").write_bytes(zstandard.compress(lines.encode()))
    return folder


def test_every_folder_that_has_the_mode_is_read(tmp_path: Path) -> None:
    people = write(tmp_path / "people", "shorter", [("a b c", "a b")])
    teacher = write(tmp_path / "teacher", "shorter", [("d e f", "d f")])
    write(teacher, "simpler", [("utilize it", "use it"), ("use it", "utilize it")])
    assert filtered_pairs([people, teacher], "shorter") == [("a b c", "a b"), ("d e f", "d f")]
    assert filtered_pairs([people, teacher], "simpler") == [("utilize it", "use it")]


def test_a_mode_that_nobody_has_is_told_with_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="rephrase.*teacher_pairs"):
        filtered_pairs([tmp_path], "rephrase")
