"""Which words documentation uses as nouns that people count, and which only as verbs: counted, not listed by hand.

    python -m nar_training.prior.word_classes

Writes src/english/prior/word-classes.json, which word-classes.ts beside it asks for the rules. "client" stands behind a
determiner and at the end of what it begins, "expire" behind "to" or a modal and hardly ever there; "list" does both and
is in neither class of verbs. Forms come from data/lexicons/verbs; only those that no rule derives are kept.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ..data.guard import DataError, read_jsonl, read_lines, run
from ..data.paths import DATA, REPOSITORY
from .verb_forms import PARTICIPLES, regular_past

OUTPUT = REPOSITORY / "src" / "english" / "prior" / "word-classes.json"
TOKEN = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|[.,;:!?()`]|\S")
ONE = frozenset("a an each every another".split())
DETERMINERS = ONE | frozenset("the this your its our their any no my".split())
MODALS = frozenset(
    "to will can must should could would may might cannot don't doesn't didn't please won't can't shouldn't let's".split()
)
AFTER_NOUN = frozenset(
    """of in on at to for from with by but that which who is are was were has have can will must should because if when
    before after than as and or""".split()
)
# A thing and several people at once ("the team have decided"), or a noun whose plural is the same.
COLLECTIVE = frozenset(
    """team staff crew group family majority minority number rest series data media pair couple lot people company
    community police public government committee audience band species means headquarters middleware""".split()
)
# Adverbs and words of examples ("still", "say"), and verbs whose participle says something else or has two spellings.
NO_VERBS = frozenset("still say lie wind spot quit bear bid get stop escape".split())
ADJECTIVES = frozenset("present narrow".split())
LEAST = 40  # occurrences


def count(lines: Iterable[str]) -> dict[str, Counter[str]]:
    """How often each word in small letters stands: at all, as the head of a noun phrase ("named": right behind the
    determiner; "one": behind one of `ONE`), as a verb.
    """
    counts = {name: Counter[str]() for name in ("all", "head", "named", "one", "verb")}
    for line in lines:
        tokens = TOKEN.findall(line.replace("’", "'"))
        small = [token.lower() for token in tokens]
        for at, token in enumerate(tokens):
            if not (token.isalpha() and token.islower() and token.isascii()):
                continue
            before = small[at - 1] if at else "."
            after = small[at + 1] if at + 1 < len(small) else "."
            counts["all"][token] += 1
            if before in MODALS:
                counts["verb"][token] += 1
            if after in AFTER_NOUN or not after[0].isalpha():
                first = small[at - 2] if at > 1 and before.isalpha() and before not in AFTER_NOUN else before
                if before in DETERMINERS or first in DETERMINERS:
                    counts["head"][token] += 1
                    counts["one"][token] += before in ONE or first in ONE
                    counts["named"][token] += before in DETERMINERS
    return counts


def continuous(base: str) -> str:
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    return f"{base[:-1]}ing" if re.search(r"[^eoy]e$", base) else f"{base}ing"


def plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else f"{noun}s"


def classes(counts: dict[str, Counter[str]], forms: dict[str, dict]) -> dict[str, object]:
    total, head, named, one, verb = (counts[name] for name in ("all", "head", "named", "one", "verb"))
    nouns, verbs, both, irregular = [], [], [], {}
    for word, number in total.items():
        if number < LEAST or len(word) < 3:
            continue
        # As many of it are more than one as a plural that is written: "software" and "information" have none.
        if (
            head[word] >= 0.12 * number
            and verb[word] <= 0.15 * number
            and one[word] >= 0.1 * head[word]
            # "setting" and "string" are things, "running" is what somebody does.
            and total[plural(word)] >= (0.2 if word.endswith("ing") else 0.03) * number
            and not word.endswith("s")
            and word not in COLLECTIVE
        ):
            nouns.append(word)
        if word not in forms or word in NO_VERBS:
            continue
        rarely_named = named[word] <= 0.01 * number or (named[word] <= 5 and verb[word] >= 0.4 * number)
        if verb[word] >= 0.12 * number and rarely_named and word not in ADJECTIVES:
            verbs.append(word)
        elif verb[word] >= 0.05 * number:
            both.append(word)
    for base in (*verbs, *both):
        form = forms[base]

        def usual(*spellings: str) -> str:
            return max(spellings, key=lambda word: total[word])

        doubled = base + base[-1]  # the lists have "wraping" and "swopped"
        spelled = (
            usual(form["past"], regular_past(base), f"{doubled}ed"),
            usual(form["participle"], regular_past(base), f"{doubled}ed"),
            usual(form["ing"], continuous(base), f"{doubled}ing"),
        )
        if spelled != (regular_past(base), regular_past(base), continuous(base)):
            irregular[base] = " ".join(spelled)
    return {
        "nouns": " ".join(sorted(nouns)),
        "verbs": " ".join(sorted(verbs)),
        "verbsAndNouns": " ".join(sorted(both)),
        "irregular": dict(sorted(irregular.items())),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    forms = {row["lemma"]: row for row in read_jsonl(arguments.data / "lexicons" / "verbs.jsonl.zst")}
    for row in read_jsonl(arguments.data / "lexicons" / "irregular_verbs.jsonl.zst"):
        forms.get(row["lemma"], {}).update(past=row["past"], participle=row["participle"])
    if not forms:
        raise DataError(f"{arguments.data}: no forms of verbs in lexicons/verbs.jsonl.zst")
    for base, participle in PARTICIPLES.items():
        forms.setdefault(base, {"past": participle, "participle": participle, "ing": continuous(base)})
    found = classes(count(read_lines(arguments.data / "prose" / "train2.txt.zst")), forms)
    arguments.output.write_text(json.dumps(found, indent=2) + "\n")
    print(*(f"{name}: {len(value.split()) if isinstance(value, str) else len(value)}" for name, value in found.items()))


if __name__ == "__main__":
    run(main)
