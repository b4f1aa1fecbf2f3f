"""Remarks that a person has read, on text like a user's: bench/remarks (README.md there says what the marks mean).

Only the half of the repositories that thresholds may see is read; the other one gives the published figures. A model is
scored on the marks of those corrections that it makes too: what else it finds in these texts nobody has read.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from ..data.guard import DataError, read_jsonl
from ..data.paths import REPOSITORY

FOLDER = REPOSITORY / "bench" / "remarks"
MARKS = ("right", "style", "wrong")
HALF = "fit"


@dataclass
class Remarked:
    source: str
    marks: dict[str, str] = field(default_factory=dict)  # the source with one correction, hashed -> its mark

    def with_correction(self, start: int, end: int, text: str) -> str:
        """One edit has many spellings; the text that it makes has one. Offsets in characters."""
        return hashlib.sha256((self.source[:start] + text + self.source[end:]).encode()).hexdigest()

    def mark_of(self, start: int, end: int, text: str) -> str | None:
        return self.marks.get(self.with_correction(start, end, text))


def read_remarks(texts: Path, folder: Path = FOLDER) -> list[Remarked]:
    """The texts of the half that have marks. `texts`: as bench/remarks/texts.mjs writes them, <owner>__<name>/<path>.

    Raises DataError for a text that is missing or another one, and for a line without a mark.
    """
    hashes = {(entry["repo"], entry["path"]): entry["sha256"] for entry in read_jsonl(folder / "index.jsonl")}
    rows: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for number, record in enumerate(read_jsonl(folder / "remarks.jsonl"), 1):
        if record.get("mark") not in MARKS:
            raise DataError(f"{folder / 'remarks.jsonl'}:{number}: the mark must be one of {', '.join(MARKS)}")
        if record["half"] == HALF:
            rows[record["repo"], record["path"]].append(record)
    remarked = []
    for (repo, name), records in rows.items():
        path = texts / repo.replace("/", "__") / name
        if not path.is_file():
            raise DataError(f"{path}: no such text; node bench/remarks/texts.mjs writes it from a clone of {repo}")
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != hashes[repo, name]:
            raise DataError(f"{path}: not the text that was read; remove it and run node bench/remarks/texts.mjs again")
        remark = Remarked(content.decode("utf-8", "replace"))
        units = remark.source.encode("utf-16-le")
        for record in records:
            start = len(units[: 2 * record["offset"]].decode("utf-16-le", "ignore"))
            made = remark.with_correction(start, start + len(record["text"]), record["correction"])
            remark.marks[made] = record["mark"]
        remarked.append(remark)
    return remarked
