"""Forms of the verbs that technical prose uses most (src/english/prior/verbs.json). Twin of
src/english/prior/verb-forms.ts."""

import json
import re

from ..data.paths import REPOSITORY

_VERBS = json.loads((REPOSITORY / "src" / "english" / "prior" / "verbs.json").read_text(encoding="utf-8"))


def regular_past(base: str) -> str:
    """ "specify" -> "specified"."""
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if re.search(r"[^aeiou]y$", base) else base + "ed"


def third_person(base: str) -> str:
    """ "specify" -> "specifies"."""
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o|go|do)$", base) else "s")


PARTICIPLES: dict[str, str] = (
    _VERBS["irregular"]
    | {base: base + base[-1] + "ed" for base in _VERBS["doubling"]}
    | {base: regular_past(base) for base in _VERBS["regular"]}
)
BASE_OF_PARTICIPLE = {participle: base for base, participle in PARTICIPLES.items()}
BASE_OF_THIRD_PERSON = {
    "has" if base == "have" else third_person(base): base for base in [*PARTICIPLES, *_VERBS["other"]]
}
ALSO_NOUNS = frozenset(_VERBS["alsoNounsOrAdjectives"])
