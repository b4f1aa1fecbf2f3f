"""The one door to data files: training code cannot open what it must not learn from, and bad files fail clearly.

`eval-only` sets may be measured but never trained on, `research-only` sets may not reach shipped weights, and the
sealed test file is for judging alone (../shared/data/README.md). Every reader of this package calls `check_path`; only
`nar_training.evaluate` passes `evaluation=True`, only `nar_training.research` passes `research=True` (its checkpoints
are marked, and network/checkpoint.py refuses them). Links are resolved first, so a link does not lead around the guard.
"""

import codecs
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

try:
    import zstandard
except ImportError:  # a machine that only trains reads packed data, no .zst files
    zstandard = None

EVALUATION_FOLDERS = {"eval-only"}
RESEARCH_FOLDERS = {"research-only"}
SEALED_FILES = {"sealed-tests.bin"}
_BLOCK = 1 << 20


class DataError(Exception):
    """A data file that is missing, empty, unreadable or badly encoded; the message says which and what to do."""


class ForbiddenData(DataError):
    """A data file that this part of the program must not read."""


def run(main: Callable[[], int | None]) -> None:
    """Start a command: a data error is one line on standard error and exit code 2, not a traceback."""
    try:
        sys.exit(main())
    except DataError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def check_path(path: Path, evaluation: bool = False, research: bool = False) -> Path:
    """The resolved path, or ForbiddenData."""
    resolved = Path(path).resolve()
    for candidate in (Path(path), resolved):
        parts = set(candidate.parts)
        if candidate.name in SEALED_FILES:
            raise ForbiddenData(f"{path}: sealed tests are for judging; no part of this package reads them")
        if parts & RESEARCH_FOLDERS and not research:
            raise ForbiddenData(f"{path}: research-only data may not reach weights that are shipped")
        if parts & EVALUATION_FOLDERS and not evaluation:
            raise ForbiddenData(f"{path}: eval-only data may be measured but never trained on")
    return resolved


def read_lines(path: Path, evaluation: bool = False, research: bool = False) -> Iterator[str]:
    """Lines of a UTF-8 text file, plain or zstd, without the newline; streams, so a large file needs little memory."""
    resolved = check_path(path, evaluation, research)
    if not resolved.is_file():
        raise DataError(f"{path}: no such file; give the folder with the data sets with --data")
    if resolved.stat().st_size == 0:
        raise DataError(f"{path}: the file is empty")
    if resolved.suffix == ".zst" and zstandard is None:
        raise DataError(f"{path}: pip install zstandard to read it")
    number = 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    pending = ""
    try:
        for block in _blocks(resolved):
            lines = (pending + decoder.decode(block)).split("\n")
            pending = lines.pop()
            for line in lines:
                number += 1
                yield line
        pending += decoder.decode(b"", final=True)
        if pending:
            number += 1
            yield pending
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 after line {number}: {error.reason}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except zstandard.ZstdError if zstandard else () as error:
        raise DataError(f"{path}: not a whole zstd file (after line {number}): {error}") from error
    if number == 0:
        raise DataError(f"{path}: no lines in it")


def _blocks(path: Path) -> Iterator[bytes]:
    """Content in blocks. A zstd stream reader takes a cut file for a short one; the frame's own end does not lie."""
    with path.open("rb") as raw:
        if path.suffix != ".zst":
            while block := raw.read(_BLOCK):
                yield block
            return
        frame = zstandard.ZstdDecompressor().decompressobj()
        while block := raw.read(_BLOCK):
            while block:
                if frame.eof:
                    frame = zstandard.ZstdDecompressor().decompressobj()
                yield frame.decompress(block)
                block = frame.unused_data if frame.eof else b""
        if not frame.eof:
            raise zstandard.ZstdError("the file ends in the middle of a frame")


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its name when it is whole: an interrupt or a full disk leaves the old one, and a run
    that has mapped the old one keeps it. Raises DataError when it cannot be written."""
    temporary = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as output:
            yield output
        os.replace(temporary, path)
    except OSError as error:
        raise DataError(
            f"{path}: cannot be written ({error.strerror or error}); free some space and run the same command again"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def read_jsonl(path: Path, evaluation: bool = False, research: bool = False) -> Iterator[dict]:
    """Records of a JSONL file, plain or zstd; blank lines are skipped."""
    for number, line in enumerate(read_lines(path, evaluation, research), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise DataError(f"{path}, line {number}: not JSON: {error.msg}") from error
        if not isinstance(record, dict):
            raise DataError(f"{path}, line {number}: a JSON object was expected")
        yield record


def read_json(path: Path, evaluation: bool = False) -> dict:
    try:
        return json.loads("\n".join(read_lines(path, evaluation)))
    except json.JSONDecodeError as error:
        raise DataError(f"{path}: not JSON: {error.msg} (line {error.lineno})") from error


def read_table(path: Path, columns: int, evaluation: bool = False) -> Iterator[list[str]]:
    """Rows of a tab-separated file with at least this many columns."""
    for number, line in enumerate(read_lines(path, evaluation), 1):
        if not line:
            continue
        row = line.split("\t")
        if len(row) < columns:
            raise DataError(f"{path}, line {number}: {columns} tab-separated columns were expected, {len(row)} found")
        yield row
