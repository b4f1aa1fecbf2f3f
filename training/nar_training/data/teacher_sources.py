"""What the teacher is asked about: sentences to reword and sections to sum up, from training text alone.

    python -m nar_training.data.teacher_sources --sentences 6000 --sections 1200

Writes training/runs/teacher/sources.jsonl, lines {"id", "kind", "from", "text"} for training/teacher/generate.mjs.
Sentences come from prose (one a document) and from what people later rewrote (`before`, capped by repository); three of
four have something to mend, because a good sentence mostly comes back as it was; lines without a final stop (list
items, headings) and questions have shares of their own. Nothing whose key is in eval_keys.tsv. The order is shuffled
within each kind and goes in blocks of one kind, so that whatever the teacher has answered is a fair sample of both
kinds.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from .guard import run, whole_file
from .paths import DATA, WORK, read_jsonl
from .prepare import REFERENCE, documents, key_of, load_evaluation_keys, split_sentences

PROSE = ("train", "train2")
REWRITES = ("rewrite", "rewrite_light", "rewrite_loose")
SHORTEST, LONGEST = 8, 34  # words of a sentence
SHORTEST_SECTION, LONGEST_SECTION = 45, 110
REPOSITORY_CAP = 60
# Shares of the sentences: plain ones that chance chose, lines without a final stop, questions. The rest has something
# to mend.
SHARES = {"chance": 0.15, "line": 0.06, "question": 0.04}
SENTENCE_BLOCK, SECTION_BLOCK = 96, 20
REFERENCE_SHARE = 0.3  # of the documents that are one vendor's reference pages

MENDABLE = re.compile(
    r"\b(?:in order to|it is (?:possible|important|necessary|recommended|also|worth)|there (?:is|are|was|were)|"
    r"should be noted|note that|prior to|in the event|for the purpose|by means of|due to the fact|make use of|"
    r"makes use of|the use of|(?:is|are) able to|utili[sz]\w*|facilitat\w*|in addition to|as well as|"
    r"an? (?:large |small |great )?(?:number|variety|majority|amount) of|with (?:respect|regards?) to|"
    r"in (?:the )?case (?:of|that|where)|perform(?:s|ed|ing)? (?:an?|the)|"
    r"provides? (?:an?|the) (?:\w+ )?(?:ability|way|means|support|mechanism)|allows? (?:you|the user|users|for)|"
    r"(?:has|have) the (?:ability|option|possibility)|subsequent\w*|additionally|furthermore|"
    r"(?:has|have|needs?) to be|the (?:\w+(?:tion|ment|ance|ing)) of|at this point in time|on a \w+ basis|"
    r"in an? \w+ (?:manner|way)|whether or not|the fact that|of the opinion|a decision|an attempt|"
    r"take into (?:account|consideration)|that (?:is|are) (?:used|located|available))\b"
    r"|\b(?:is|are|was|were|be|been|being) (?:\w+ly )?(?!need|based|used|indeed)"
    r"(?:\w{2,}ed|shown|given|made|set|written|done|known|taken|built|sent|run|held|found)\b",
    re.I,
)
_END = re.compile(r"[.!?:][\"”’)]?$")
_DANGLING = re.compile(
    r"(?:this|these|that|those|it|they|he|she|here|however|but|and|also|such|then|for example)\b", re.I
)


def is_usable(text: str) -> bool:
    """A line of prose of the right length, brackets and backticks closed, mostly letters, no address or table."""
    words = text.split()
    if not SHORTEST <= len(words) <= LONGEST or not (text[0].isupper() or text[0] in '`"“'):
        return False
    if text.count("`") % 2 or any(text.count(left) != text.count(right) for left, right in ("()", "[]", "“”")):
        return False
    letters = sum(character.isalpha() for character in text)
    return "://" not in text and "|" not in text and letters >= 0.7 * len(text.replace(" ", ""))


def sort_of(sentence: str) -> str:
    """Which share of the selection a sentence belongs to."""
    if sentence.endswith("?"):
        return "question"
    if not _END.search(sentence):
        return "line"
    return "mend" if MENDABLE.search(sentence) else "chance"


def is_section(paragraphs: list[str]) -> bool:
    """Several sentences that stand alone: no beginning that points back, no end that points on."""
    text = " ".join(paragraphs)
    return (
        SHORTEST_SECTION <= len(text.split()) <= LONGEST_SECTION
        and not _DANGLING.match(text)
        and text[0].isupper()
        and bool(re.search(r"[.!]$", text))
        and "://" not in text
        and len(split_sentences(text)) >= 3
        and all(_END.search(paragraph) for paragraph in paragraphs)
    )


def sections_of(document: list[str]) -> Iterator[str]:
    """Runs of paragraphs, from each place the shortest that is long enough."""
    for start in range(len(document)):
        for end in range(start + 1, min(start + 5, len(document)) + 1):
            if is_section(document[start:end]):
                yield " ".join(document[start:end])
                break


class Selection:
    """Rows by sort, each text once, none that a development or test set holds."""

    def __init__(self, held_out: set[str]):
        self.seen = set(held_out)
        self.rows: dict[str, list[dict]] = {sort: [] for sort in ("mend", *SHARES, "section")}

    def offer(self, text: str, origin: str, sort: str) -> bool:
        keys = (
            {key_of(text), *(key_of(sentence) for sentence in split_sentences(text))}
            if sort == "section"
            else {key_of(text)}
        )
        if keys & self.seen:
            return False
        self.seen |= keys
        kind = "section" if sort == "section" else "sentence"
        self.rows[sort].append({"id": key_of(text), "kind": kind, "from": origin, "text": text})
        return True


def offer_prose(selection: Selection, data: Path, name: str, share: float, generator: random.Random) -> None:
    for number, document in enumerate(documents(data, name)):
        if (
            generator.random() >= share
            or len(REFERENCE.findall(" ".join(document)[:3000])) >= 2
            and generator.random() >= REFERENCE_SHARE
        ):
            continue
        origin = f"prose/{name}:{number}"
        sentences = [text for paragraph in document for text in split_sentences(paragraph) if is_usable(text)]
        generator.shuffle(sentences)
        for sort in selection.rows:
            if sort != "section":
                next(
                    (True for text in sentences if sort_of(text) == sort and selection.offer(text, origin, sort)), False
                )
        sections = list(sections_of(document)) if generator.random() < 0.5 else []
        if sections:
            selection.offer(generator.choice(sections), origin, "section")


def offer_rewritten(selection: Selection, data: Path, generator: random.Random) -> None:
    """What people found worth rewriting is written badly by their own judgement."""
    records = [record for name in REWRITES for record in read_jsonl(data / "edits" / f"{name}.train.jsonl.zst")]
    generator.shuffle(records)
    taken: Counter[str] = Counter()
    for record in records:
        text = record["before"].strip()
        if (
            taken[record["repo"]] < REPOSITORY_CAP
            and is_usable(text)
            and selection.offer(text, record["repo"], sort_of(text))
        ):
            taken[record["repo"]] += 1


def in_blocks(sentences: list[dict], sections: list[dict]) -> Iterator[dict]:
    """A block of sentences, a block of sections, and so on until both are used up."""
    for number in range(max(-(-len(sentences) // SENTENCE_BLOCK), -(-len(sections) // SECTION_BLOCK))):
        yield from sentences[number * SENTENCE_BLOCK : (number + 1) * SENTENCE_BLOCK]
        yield from sections[number * SECTION_BLOCK : (number + 1) * SECTION_BLOCK]


def select(data: Path, sentences: int, sections: int, share: float, seed: int, known: Iterable[str] = ()) -> list[dict]:
    """The rows in their order. `known` holds the ids of texts that were asked about before."""
    generator = random.Random(seed)
    selection = Selection(load_evaluation_keys(data) | set(known))
    offer_rewritten(selection, data, generator)
    for name in PROSE:
        offer_prose(selection, data, name, share, generator)
    wanted = {sort: round(sentences * part) for sort, part in SHARES.items()}
    wanted["mend"] = sentences - sum(wanted.values())
    chosen: list[dict] = []
    for sort, count in wanted.items():
        generator.shuffle(selection.rows[sort])
        chosen += selection.rows[sort][:count]
    generator.shuffle(chosen)
    generator.shuffle(selection.rows["section"])
    return list(in_blocks(chosen, selection.rows["section"][:sections]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sentences", type=int, default=6000)
    parser.add_argument("--sections", type=int, default=1200)
    parser.add_argument("--share", type=float, default=0.15, help="of the documents of the prose that are looked at")
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument(
        "--known", type=Path, nargs="*", default=[], help="files of rows or answers whose ids are left out"
    )
    parser.add_argument("--output", type=Path, default=WORK / "teacher" / "sources.jsonl")
    arguments = parser.parse_args()
    known = (record["id"] for path in arguments.known for record in read_jsonl(path))
    rows = select(arguments.data, arguments.sentences, arguments.sections, arguments.share, arguments.seed, known)
    with whole_file(arguments.output) as output:
        output.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
    print(f"{arguments.output}: {Counter(row['kind'] for row in rows)}")


if __name__ == "__main__":
    run(main)
