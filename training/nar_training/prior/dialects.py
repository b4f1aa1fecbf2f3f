"""Spellings that one dialect has and the other has not: "colour" and "color" (docs/model-format.md).

VarCon says for every word who writes it so: A American, B British, Z British with -ize, each also as a variant (Av,
AV). A word that both write somewhere ("check", "program", "practice") is left alone, whatever its other meanings.
"""

import re
from collections import defaultdict
from pathlib import Path

from ..data.guard import read_jsonl

PLAIN = re.compile(r"[a-z]{4,}")
WRITTEN_BY = {"american": "A_", "british": "BZ_"}
# What differs by rule, British to American. The list has words of other kinds too ("mum", "aeroplane") and wrong ones.
RULES = [
    (re.compile(british), american)
    for british, american in (
        (r"our", "or"), (r"is(?=e|ing|ation|able)", "iz"), (r"ys(?=e|ing|able)", "yz"), (r"(?<=t|b)re(?=$|s$|d$|p)", "er"),
        (r"(?<=[tb])r(?=ing$)", "er"), (r"enc(?=e)", "ens"), (r"ll(?=ed|ing|er|able|i)", "l"), (r"l(?=$|s$|ment)", "ll"),
        (r"ogue", "og"), (r"grey", "gray"), (r"artefact", "artifact"), (r"dgement", "dgment"), (r"ould", "old"),
        (r"cheque", "check"), (r"licenc", "licens"), (r"practis(?=ed|ing)", "practic"), (r"sceptic", "skeptic"),
    )
]  # fmt: skip
# Words of their own, or said otherwise: "the analyses of both runs"; -ize is British too (Oxford).
LEFT_ALONE = re.compile(r"advertis.*|analyses|borg|dora|.*[^y]i?z(?:e[ds]?|ing|ations?|ers?|able|ements?)")


def regular(british: str, american: str) -> bool:
    made = {british}
    for pattern, replacement in RULES:
        made |= {pattern.sub(replacement, word) for word in made}
    return american in made


def dialect_spellings(data: Path, used: set[str]) -> dict[str, str]:
    """word -> "dialect<TAB>its spelling there", for words of which `used` (lower case) has one of both spellings."""
    lexicons = data / "lexicons"
    records = [record["variants"] for record in read_jsonl(lexicons / "varcon.jsonl.zst")]
    accepted: dict[str, set[str]] = defaultdict(set)
    for variants in records:
        for tag, word in variants.items():
            accepted[word].update(dialect for dialect, tags in WRITTEN_BY.items() if tag[0] in tags)
    for record in read_jsonl(lexicons / "wordlist_en_gb.jsonl.zst"):
        if "american" in accepted.get(record["word"], ()):
            accepted[record["word"]].add("british")  # "meter", "check", "tire": a word of its own there
    found: dict[str, set[str]] = defaultdict(set)
    for variants in records:
        for dialect, first in (("american", "A"), ("british", "B")):
            spelling = variants.get(first)
            for word in variants.values():
                pair = (word, spelling) if dialect == "american" else (spelling, word)
                if spelling and accepted[word] and dialect not in accepted[word] and regular(*pair):
                    found[word].add(spelling)
    return {
        word: f"{'british' if 'american' in accepted[word] else 'american'}\t{spelling}"
        for word, (spelling, *others) in found.items()
        if not others
        and PLAIN.fullmatch(word)
        and not LEFT_ALONE.fullmatch(word)
        and PLAIN.fullmatch(spelling)
        and not used.isdisjoint((word, spelling))
    }
