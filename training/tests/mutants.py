"""Wrong lines, one at a time, in copies of the training package: the tests that are named for each must fail.

    python -m tests.mutants                    all of them (in training/)
    python -m tests.mutants --sample 3 --seed 1
    python -m tests.mutants --only janus       those whose file or description holds the word

First the named tests run on an unchanged copy, where all must pass. A test that fails on the copy with the wrong line
has caught it; one that cannot even be collected has not. Exit code 1 when a wrong line survives, or when the line that
it replaces is not there any more. Each run is a fork of this process, so that PyTorch is imported once.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.dont_write_bytecode = True  # a copy changes within a second: its byte code would be taken for the old one

from .mutant_list import MUTANTS, Mutant  # noqa: E402

TESTS = Path(__file__).resolve().parent
PACKAGE = TESTS.parent / "nar_training"
LONGEST = 600  # seconds of one run; a wrong line may never end
PASSED, FAILED = 0, 1  # pytest's exit codes


def changed(text: str, mutant: Mutant) -> str:
    """The file with the wrong line, indented as the right one. Raises LookupError unless the line is there once."""
    lines = text.split("\n")
    places = [index for index, line in enumerate(lines) if line.strip() == mutant.old]
    if len(places) != 1:
        raise LookupError(f"{mutant.file}: {len(places)} lines are {mutant.old!r}, not one")
    indent = lines[places[0]][: -len(mutant.old)]
    return "\n".join([*lines[: places[0]], indent + mutant.new, *lines[places[0] + 1 :]])


@contextmanager
def wrong_line(copy: Path, mutant: Mutant) -> Iterator[None]:
    path = copy / "nar_training" / mutant.file
    right = path.read_text(encoding="utf-8")
    path.write_text(changed(right, mutant), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(right, encoding="utf-8")


def run_tests(copy: Path, names: list[str], log: Path) -> int:
    """pytest's exit code, in a fork that imports the package from the copy; -1 when it took too long and was ended."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            with log.open("w") as output:
                os.dup2(output.fileno(), 1)
                os.dup2(output.fileno(), 2)
            signal.alarm(LONGEST)
            sys.path.insert(0, str(copy))
            import pytest

            import nar_training

            assert Path(nar_training.__file__).is_relative_to(copy), nar_training.__file__
            words = ["-q", "-x", "-p", "no:cacheprovider", "--rootdir", str(TESTS)]
            code = int(pytest.main([*words, *(str(TESTS / name) for name in names)]))
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else -1


def missing_lines(mutants: list[Mutant]) -> list[str]:
    """What is wrong with the list itself."""
    faults = []
    for mutant in mutants:
        try:
            changed((PACKAGE / mutant.file).read_text(encoding="utf-8"), mutant)
        except (LookupError, OSError) as error:
            faults.append(f"{mutant.about}: {error}")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, help="so many of them, drawn with --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="those whose file or description holds this")
    arguments = parser.parse_args()
    mutants = [each for each in MUTANTS if not arguments.only or arguments.only in f"{each.file} {each.about}"]
    if arguments.sample:
        mutants = random.Random(arguments.seed).sample(mutants, min(arguments.sample, len(mutants)))
    if not mutants:
        parser.error(f"--only {arguments.only}: no wrong line is described so")
    if faults := missing_lines(mutants):
        print("\n".join(faults))
        return 1
    import pytest  # noqa: F401  in the parent, for all forks
    import sacrebleu  # noqa: F401
    import safetensors.torch  # noqa: F401
    import tokenizers  # noqa: F401

    survived: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        copy, log = Path(folder), Path(folder) / "log.txt"
        shutil.copytree(PACKAGE, copy / "nar_training", ignore=shutil.ignore_patterns("__pycache__"))
        names = list(dict.fromkeys(name for mutant in mutants for name in mutant.tests))
        if run_tests(copy, names, log) != PASSED:
            print(log.read_text(), "\nthe tests do not pass without a wrong line", sep="")
            return 1
        for number, mutant in enumerate(mutants, 1):
            began = time.monotonic()
            with wrong_line(copy, mutant):
                code = run_tests(copy, list(mutant.tests), log)
            said = "caught" if code == FAILED else "survived" if code == PASSED else f"no verdict (exit code {code})"
            if code != FAILED:
                survived.append(mutant.about)
            seconds = time.monotonic() - began
            print(f"{number:3} {said:8} {seconds:5.1f} s  {mutant.file}: {mutant.about}", flush=True)
    print(f"{len(mutants) - len(survived)} of {len(mutants)} wrong lines were caught")
    for about in survived:
        print(f"not caught: {about}")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
