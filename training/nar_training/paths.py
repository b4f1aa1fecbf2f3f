"""Where things lie. Data is never part of the repository: it is read from ../shared/data or from --data."""

import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "data"
WORK = REPOSITORY / "training" / "work"
LEXICON = REPOSITORY / "models" / "lexicon"


def read_lines(path: Path) -> Iterator[str]:
    """Lines of a zstd file, without the newline. Streams through the `zstd` command: less memory than a buffer."""
    with subprocess.Popen(["zstd", "-dc", str(path)], stdout=subprocess.PIPE) as process:
        for line in io.TextIOWrapper(process.stdout, encoding="utf-8", newline="\n"):
            yield line.rstrip("\n")


def read_jsonl(path: Path) -> Iterator[dict]:
    """Records of a zstd-compressed JSONL file."""
    for line in read_lines(path):
        if line:
            yield json.loads(line)
