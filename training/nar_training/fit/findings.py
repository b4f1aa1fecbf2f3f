"""What the product itself proposes for texts whose right corrections are known: one batch run of the command line.

The host names each edit's kinds (`keys`, the specific one first: "article/insert", "article"), says where it came from
and how sure the network was before any calibration (`raw`). Nothing of that is computed a second time here, so a
threshold holds for exactly the edits that it was fitted on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..data.paths import REPOSITORY
from ..evaluate import edits as word_level
from ..evaluate import sets
from ..evaluate.correct import span_of
from ..evaluate.sets import Item
from ..evaluate.systems import run_cli
from .remarks import Remarked

EDIT_SETS = (("checked", None), ("typo", None), ("grammar", "error"))
# As the product decodes at its most talkative level (leastErrorProbability in src/engine/tasks/correct/thresholds.ts).
DECODING = ("minimumEditProbability=0.2", "minimumErrorProbability=0.3")


@dataclass
class Finding:
    """One proposed edit, judged."""

    set: str
    sentence: int
    keys: tuple[str, ...]  # names under which a threshold may stand, the first that has one holds
    raw: float
    right: float  # 1 or 0; in between where nobody said which (prose)
    gold: frozenset = frozenset()  # the word-level edits it makes that the reference makes too
    false: int = 0  # those that the reference does not make
    settled: bool = False  # shown whatever the network says (src/english/prior/settled-words.ts)
    style: bool = False


@dataclass
class Measured:
    findings: list[Finding]
    wanted: dict[str, tuple[int, int]]  # gold edits of even and odd sentences of each set
    words: dict[str, int]  # of sets that nobody corrected: prose
    milliseconds: float = 0.0  # a sentence

    def half(self, which: int) -> "Measured":
        kept = [f for f in self.findings if f.sentence % 2 == which]
        counts = {name: (0, 0)[:which] + (pair[which],) + (0, 0)[which + 1 :] for name, pair in self.wanted.items()}
        return Measured(kept, counts, {name: count // 2 for name, count in self.words.items()}, self.milliseconds)


def command(model: Path) -> list[str]:
    options = [word for option in DECODING for word in ("--option", option)]
    return [
        "node", str(REPOSITORY / "dist" / "cli.js"), "correct", "--jsonl", "--format", "markdown", "--model", str(model),
        "--threshold", "0", "--style", "on", *options, 
    ]  # fmt: skip


def findings_of(name: str, index: int, item: Item, gold: set, corrections: Iterable[dict]) -> list[Finding]:
    """The corrections of one text as the command line tells them, against the edits of its reference."""
    found = []
    for correction in corrections:
        start, end, text = span_of(item.source, correction)
        made = word_level.word_edits(item.source, item.source[:start] + text + item.source[end:])
        if not made:
            continue
        right = frozenset(made) & gold
        found.append(
            Finding(
                name,
                index,
                tuple(correction["keys"]),
                correction["raw"],
                float(bool(right) and len(right) == len(made)),
                right,
                len(made) - len(right),
                correction.get("settled", False),
                correction.get("style", False),
            )  # fmt: skip
        )
    return found


def remarked_findings(index: int, remark: Remarked, corrections: Iterable[dict]) -> list[Finding]:
    """Those corrections that a person has read; what is a matter of style is right as style and else says nothing."""
    found = []
    for number, correction in enumerate(corrections):
        mark = remark.mark_of(*span_of(remark.source, correction))
        style = correction.get("style", False)
        if mark is None or (mark == "style" and not style):
            continue
        # Each stands alone, as in a long text; a text's remarks fall into one half.
        sentence = 2 * (index * 100_000 + number) + index % 2
        found.append(
            Finding(
                "remarks",
                sentence,
                tuple(correction["keys"]),
                correction["raw"],
                float(mark != "wrong"),
                settled=correction.get("settled", False),
                style=style,
            )  # fmt: skip
        )
    return found


def measure(
    model: Path, data: Path, prose_words: int, remarks: Sequence[Remarked] = (), limit: int | None = None
) -> Measured:
    """`limit`: at most so many texts of each set, for a trial. Raises SystemFailed when the command line fails."""
    items = {name: sets.edit_items(data / "edits" / f"{name}.dev.jsonl.zst", s) for name, s in EDIT_SETS}
    items["prose"] = sets.clean_prose(data, prose_words)
    items = {name: list_[:limit] for name, list_ in items.items()}
    batch = [Item(f"{name}/{at}", item.source, []) for name, list_ in items.items() for at, item in enumerate(list_)]
    batch += [Item(f"remarks/{at}", remark.source, []) for at, remark in enumerate(remarks[:limit])]
    answers = run_cli(command(model), batch)
    findings: list[Finding] = []
    wanted: dict[str, tuple[int, int]] = {}
    for name, list_ in items.items():
        gold = [set(word_level.word_edits(item.source, item.targets[0])) for item in list_]
        if name != "prose":
            wanted[name] = sum(map(len, gold[::2])), sum(map(len, gold[1::2]))
        for at, item in enumerate(list_):
            findings += findings_of(name, at, item, gold[at], answers[f"{name}/{at}"]["corrections"])
    for at, remark in enumerate(remarks[:limit]):
        findings += remarked_findings(at, remark, answers[f"remarks/{at}"]["corrections"])
    spent = [answer["milliseconds"] for answer in answers.values()]
    words = {"prose": sum(len(item.source.split()) for item in items["prose"])}
    return Measured(findings, wanted, words, sum(spent) / max(1, len(spent)))
