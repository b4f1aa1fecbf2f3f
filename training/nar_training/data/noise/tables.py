"""What the noise is sampled from: counts of real corrections, reversed, and word lists. Read once, shared by all kinds.

Reversing confusions blindly gives junk (can -> "ca"), so every entry passes a guard: counted at least three times, and
a wrong side that is a word (confusions) or is none (misspellings); where both directions are about as common ("file
name", "filename") it is house style and not an error.
"""

import re
from bisect import bisect
from collections import Counter, defaultdict
from itertools import accumulate
from pathlib import Path
from random import Random

from ..guard import read_json, read_jsonl, read_table

Choice = tuple[list, list[float]]  # options and cumulative weights

# profile.json names of error types -> names of this package (those of src/protocol where they exist there).
PROFILE_TYPES = {
    "spelling": "spelling",
    "article": "article",
    "casing": "casing",
    "punctuation": "punctuation",
    "missing function word": "missing-word",
    "spacing (run-on or split word)": "spacing",
    "confusable words (its/it's, then/than, this/these ...)": "confusable",
    "spelling (another real word)": "confusable",
    "duplicated word": "doubled-word",
    "extra function word": "extra-word",
    "preposition": "preposition",
    "pronoun": "other",
    "determiner": "other",
    "apostrophe": "apostrophe",
    "hyphen": "hyphen",
}
ARTICLES = {"a", "an", "the"}
# Corrections of house style, of register or of meaning: reversed they would teach that good text is wrong.
STYLE_WORDS = {"via", "within", "through", "upon", "under", "about", "during", "over", "onto", "as"}
PRONOUN_PAIRS = {
    ("they", "it"), ("it", "they"), ("it", "them"), ("them", "it"), ("their", "its"), ("its", "their"), ("that", "who"),
    ("who", "which"), ("these", "they"), ("them", "these"), ("those", "these"), ("this", "these"), ("you", "it"),
}  # fmt: skip
LIST_NAMES = ("codespell", "typos", "misspell", "wikipedia_misspellings")
_LOWER_WORD = re.compile(r"^[a-z]+(?:'[a-z]+)?$")


def choice_of(weights: dict) -> Choice:
    return list(weights), list(accumulate(weights.values()))


def choose(options: Choice, random: Random):
    values, cumulative = options
    return values[bisect(cumulative, random.random() * cumulative[-1], 0, len(values) - 1)]


def arrow(key: str) -> tuple[str, str]:
    """("before", "after") of a profile key "before -> after"; the empty sign stands for nothing."""
    before, _, after = key.partition(" -> ")
    return before.replace("∅", ""), after.replace("∅", "")


class Tables:
    def __init__(self, data: Path) -> None:
        profile = read_json(data / "edits" / "profile.json")
        self.known = self._known_words(data)
        self._letters(profile["spelling_letters"])
        self._reversed_edits(data / "edits" / "confusions_typed.tsv")
        self._misspelling_lists(data)
        detail = profile["detail"]
        self.article_actions = choice_of(
            {arrow(key): count for key, count in detail["article"].items() if set(arrow(key)) <= ARTICLES | {""}}
        )
        self.punctuation = choice_of(
            {arrow(key): count for key, count in detail["punctuation"].items() if len(key) <= 8}
        )
        optional = {"that", "also", "then", "this", "if", "when", "we", "which is", "that are", "that is"}
        self.missing = {
            w: n for w, n in detail["missing"].items() if _LOWER_WORD.match(w) and w not in optional | ARTICLES
        }
        self.extra = choice_of({w: n for w, n in detail["extra"].items() if _LOWER_WORD.match(w) and w not in ARTICLES})
        self.doubled = {word: count for word, count in detail["duplicated"].items() if _LOWER_WORD.match(word)}
        self._verbs(data)
        self.target_shares = self._shares(profile["error"]["shares"], detail["inflection"])

    def _known_words(self, data: Path) -> set[str]:
        known = {record["word"].lower() for record in read_jsonl(data / "lexicons" / "wordlist_en_gb.jsonl.zst")}
        known.update(
            record["word"] for record in read_jsonl(data / "lexicons" / "frequency.jsonl.zst") if record["count"] >= 3
        )
        for record in read_jsonl(data / "lexicons" / "varcon.jsonl.zst"):
            known.update(variant.lower() for variant in record["variants"].values())
        return known

    def _letters(self, letters: dict) -> None:
        operations = {name: share for name, share in letters["operations"].items() if name != "other"}
        self.letter_operations = choice_of(operations)
        top = letters["top"]
        self.inserted_letters = choice_of({c: n for c, n in top["insert"].items() if "a" <= c <= "z"})
        # Letters are dropped in proportion to the table; divided by how often they occur in English words.
        natural = dict(
            zip(
                "etaoinshrdlcumwfgypbvkjxqz",
                (125, 93, 80, 76, 76, 72, 65, 51, 63, 38, 41, 33, 27, 25, 17, 24, 19, 17, 21, 15, 11, 5, 2, 2, 1, 1),
            )
        )
        rates = {letter: count / natural[letter] for letter, count in top["drop"].items() if letter in natural}
        highest = max(rates.values(), default=1)
        self.drop_preference = {letter: rate / highest for letter, rate in rates.items()}
        substitutions: dict[str, dict[str, int]] = defaultdict(dict)
        for key, count in top["substitute"].items():
            right, _, wrong = key.partition(">")
            substitutions[right][wrong] = count
        self.substitutions = {right: choice_of(wrongs) for right, wrongs in substitutions.items()}
        self.transposed = top["transpose"]
        self.doubled_letters = {c: n for c, n in top["double a letter"].items() if "a" <= c <= "z"}

    def _reversed_edits(self, path: Path) -> None:
        counts: dict[str, Counter] = defaultdict(Counter)
        for before, after, number, kind in read_table(path, 4):
            if before != after and int(number) >= 3:
                counts[kind][before, after] += int(number)
        confusions: dict[str, dict[str, float]] = defaultdict(dict)
        spellings: dict[str, dict[str, float]] = defaultdict(dict)
        for (wrong, right), count in (counts["confusable"] + counts["realword"] + counts["spelling"]).items():
            if not (_LOWER_WORD.match(wrong) and _LOWER_WORD.match(right)) or len(wrong) < 2 or right not in self.known:
                continue
            if wrong.replace("'", "") in self.known or "'" in wrong:
                if (wrong, right) in counts["confusable"] or count >= 4:
                    confusions[right][wrong] = count**0.5  # its/it's is ten times as common as the next pair
            else:
                spellings[right][wrong] = float(count)
        self.confusions, self.spellings = dict(confusions), spellings
        self.prepositions = self._pairs(counts["preposition"], lambda wrong, right: not {wrong, right} & STYLE_WORDS)
        self.pronouns = self._pairs(
            counts["pronoun"] + counts["determiner"] + counts["confusable"],
            lambda wrong, right: (wrong, right) in PRONOUN_PAIRS,
        )
        self.apostrophes = self._pairs(counts["apostrophe"], lambda wrong, right: True)
        self.spacing = self._one_way(counts["spacing"])
        self.hyphens = self._one_way(
            {(w.replace(" - ", "-"), r.replace(" - ", "-")): n for (w, r), n in counts["hyphen"].items()}
        )
        self.names = self._names(counts["casing"])

    @staticmethod
    def _pairs(counts: dict, allowed) -> dict[str, Choice]:
        table: dict[str, dict[str, float]] = defaultdict(dict)
        for (wrong, right), count in counts.items():
            if _LOWER_WORD.match(wrong) and _LOWER_WORD.match(right) and allowed(wrong, right):
                table[right][wrong] = float(count)
        return {right: choice_of(wrongs) for right, wrongs in table.items()}

    @staticmethod
    def _one_way(counts: dict) -> dict[str, str]:
        """right -> wrong, without pairs that people change in both directions."""
        table: dict[str, str] = {}
        for (wrong, right), count in sorted(counts.items(), key=lambda item: item[1]):
            if (
                count >= 3 * counts.get((right, wrong), 0)
                and re.fullmatch(r"[a-z]{2,}(?:[- ][a-z]+)?", right)
                and re.fullmatch(r"[a-z]+(?:[- ][a-z]+)?", wrong)
            ):
                table[right] = wrong
        return table

    def _names(self, counts: dict) -> dict[str, Choice]:
        """Product names and their wrong cases. Ordinary words with a capital ("Service") are style,
        ALLCAPS may be code.
        """
        table: dict[str, dict[str, float]] = defaultdict(dict)
        for (wrong, right), count in counts.items():
            inner = any(letter.isupper() for letter in right[1:]) and any(letter.islower() for letter in right)
            proper = right[:1].isupper() and right[1:].islower() and wrong == right.lower() and wrong not in self.known
            if (
                right.isalpha()
                and wrong.lower() == right.lower()
                and not wrong.isupper()
                and (inner or proper)
                and len(right) > 3
            ):
                table[right][wrong] = float(count)
        return {right: choice_of(wrongs) for right, wrongs in table.items()}

    def _misspelling_lists(self, data: Path) -> None:
        """right -> wrong spellings; one that two lists or a real correction agree on weighs more."""
        weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for name in LIST_NAMES:
            human = 3.0 if name == "wikipedia_misspellings" else 1.0
            for record in read_jsonl(data / "lexicons" / f"{name}.jsonl.zst"):
                wrong = record["source"].lower()
                if len(record["targets"]) > 1 or wrong in self.known or not _LOWER_WORD.match(wrong):
                    continue
                right = record["targets"][0].lower()
                if _LOWER_WORD.match(right) and right in self.known and abs(len(right) - len(wrong)) <= 3:
                    weights[right][wrong] += human
        for right, wrongs in self.spellings.items():
            for wrong, count in wrongs.items():
                weights[right][wrong] += 2.0 * count
        self.misspellings = {right: choice_of(wrongs) for right, wrongs in weights.items()}

    def _verbs(self, data: Path) -> None:
        self.verb_of: dict[str, dict[str, str]] = {}  # any form -> the record of its verb
        for record in read_jsonl(data / "lexicons" / "verbs.jsonl.zst"):
            forms = {key: record.get(key) or "" for key in ("lemma", "third", "ing", "past", "participle")}
            if all(form in self.known for form in forms.values()):
                for form in forms.values():
                    # "left" is a form of leave and a verb of its own: the more regular reading comes first in the list.
                    self.verb_of.setdefault(form, forms)

    @staticmethod
    def _shares(shares: dict[str, float], inflection: dict[str, int]) -> dict[str, float]:
        """Target share of each kind of noise; forms of verbs are split from agreement by their endings."""
        wanted: Counter = Counter()
        for name, share in shares.items():
            if name in PROFILE_TYPES:
                wanted[PROFILE_TYPES[name]] += share
        number = sum(
            n
            for key, n in inflection.items()
            if "ing" not in key and "d" not in key.replace("do", "") and "ly" not in key
        )
        part = number / max(1, sum(inflection.values()))
        wanted["agreement"] = shares["agreement / inflection"] * part
        wanted["verb-form"] = shares["agreement / inflection"] * (1 - part)
        total = sum(wanted.values())
        return {name: share / total for name, share in sorted(wanted.items())}
