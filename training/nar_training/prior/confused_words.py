"""Fifth part of the lexical prior: real words in the place of others,
which their neighbours give away (docs/model-format.md).

    python -m nar_training.prior.confused_words

prints what each entry does to people's corrections and to clean prose (the parts that training may read):

"loaded form the disk", "you can chose", "your can", "trough the proxy". Those marked `settled` were right nearly
wherever they were found and need no judge. Twin of src/english/prior/confused-words.ts; both read
src/english/prior/confused-words.json.
"""

import argparse
import json
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from ..data.guard import read_lines, run
from ..data.paths import DATA, REPOSITORY
from .lexicon import Span
from .words import goes_on, word_ranges

TABLE = json.loads((REPOSITORY / "src" / "english" / "prior" / "confused-words.json").read_text(encoding="utf-8"))


def pattern_of(entry: dict) -> re.Pattern:
    """The word is the first group. Where it may open a sentence it may have a capital."""
    word, before, after = entry["word"], entry.get("before"), entry.get("after")

    def alternatives(neighbours: str) -> str:
        return neighbours.replace("{determiner}", TABLE["determiner"])

    leads = [
        *([] if before is None else [rf"(?<![\w-])(?:{alternatives(before)}) "]),
        *(["(?:^|[.!?:] )"] if entry.get("start") else []),
    ]
    written = f"[{word[0].upper()}{word[0]}]{word[1:]}" if entry.get("start") or before is None else word
    lead = f"(?:{'|'.join(leads)})" if leads else r"(?<![\w-])"
    return re.compile(rf"{lead}({written})\b" + ("" if after is None else rf"(?= (?:{alternatives(after)})\b)"))


PATTERNS = [(pattern_of(entry), entry["right"], entry.get("settled", False)) for entry in TABLE["words"]]


def same_case(right: str, written: str) -> str:
    return right[0].upper() + right[1:] if written[0].isupper() else right


def confused_spans(text: str) -> list[tuple[Span, bool]]:
    """((start, end, [candidate]), settled) in the order of the text, each word once."""
    words = word_ranges(text)
    found: dict[int, tuple[Span, bool]] = {}
    for pattern, right, settled in PATTERNS:
        for match in pattern.finditer(text):
            if match.span(1) in words and not goes_on(text, match.end(1)):
                found.setdefault(match.start(1), ((*match.span(1), [same_case(right, match[1])]), settled))
    return [found[at] for at in sorted(found)]


def measure(data: Path, prose_lines: int) -> None:
    """Of people's corrections: right (they made it), other (something else was changed there), left as it was;
    and hits in prose.
    """
    right, left, other, prose = Counter(), Counter(), Counter(), Counter()
    for name in ("grammar", "typo"):
        for line in read_lines(data / "edits" / f"{name}.train.jsonl.zst"):
            record = json.loads(line)
            before, after = record["before"], record["after"]
            for index, (pattern, wanted, _) in enumerate(PATTERNS):
                for match in pattern.finditer(before):
                    around = (
                        before[max(0, match.start(1) - 12) : match.start(1)],
                        before[match.end(1) : match.end(1) + 5],
                    )
                    if same_case(wanted, match[1]).join(around) in after:
                        right[index] += 1
                    else:
                        (left if match[1].join(around) in after else other)[index] += 1
    words = 0
    for line in islice(read_lines(data / "prose" / "train.txt.zst"), prose_lines):
        words += len(line.split())
        for index, (pattern, _, _) in enumerate(PATTERNS):
            prose[index] += len(pattern.findall(line))
    print(f"{'word':>12}  {'for':<12} right other  left  in {words} words of prose")
    for index, entry in enumerate(TABLE["words"]):
        print(
            f"{entry['word']:>12}  {entry['right']:<12} {right[index]:5} {other[index]:5} {left[index]:5}  "
            f"{prose[index]:4}  {'settled' if entry.get('settled') else ''}"
        )
    print(
        f"settled: {sum(right[i] for i, p in enumerate(PATTERNS) if p[2])} right, "
        f"{sum(other[i] for i, p in enumerate(PATTERNS) if p[2])} other, "
        f"{sum(left[i] for i, p in enumerate(PATTERNS) if p[2])} left, "
        f"{sum(prose[i] for i, p in enumerate(PATTERNS) if p[2])} in prose"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--prose-lines", type=int, default=60000)
    arguments = parser.parse_args()
    measure(arguments.data, arguments.prose_lines)


if __name__ == "__main__":
    run(main)
