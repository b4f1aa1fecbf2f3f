"""The list of wrong lines is whole, and a few of them are really caught (mutants.py runs them all)."""

import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TRAINING))
from tests import mutant_list, mutants  # noqa: E402  a package only for those who start in training/

SEED = 7


def test_there_are_enough_wrong_lines_and_no_two_are_one() -> None:
    every = mutant_list.MUTANTS
    assert len(mutant_list.AUDITED) == 32 and len(every) >= 60
    assert len({(mutant.file, mutant.old, mutant.new) for mutant in every}) == len(every)
    assert len({mutant.about for mutant in every}) == len(every)
    assert all(mutant.old != mutant.new and mutant.tests for mutant in every)


def test_every_right_line_is_still_there() -> None:
    assert mutants.missing_lines(mutants.MUTANTS) == []
    gone = mutants.Mutant("gone", "objectives/pairs.py", "no such line", "another", ())
    assert "0 lines are 'no such line'" in mutants.missing_lines([gone])[0]
    text = "    a = 1\n    b = 2\n"
    assert mutants.changed(text, mutants.Mutant("", "", "b = 2", "b = 3", ())) == "    a = 1\n    b = 3\n"
    with pytest.raises(LookupError, match="2 lines"):
        mutants.changed(text + text, mutants.Mutant("", "", "b = 2", "b = 3", ()))


def test_a_sample_of_wrong_lines_is_caught() -> None:
    command = [sys.executable, "-m", "tests.mutants", "--sample", "2", "--seed", str(SEED)]
    ended = subprocess.run(command, cwd=TRAINING, capture_output=True, text=True, timeout=900, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "2 of 2 wrong lines were caught" in ended.stdout
