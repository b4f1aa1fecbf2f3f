"""Agreement (number of nouns, third person, is/are) and verb forms (to using, can used, by use).

Only places whose context shows the error are used: "the settings" -> "the setting" is good English and would teach
the model to change meaning, while "these settings" -> "these setting" is wrong whatever follows.
"""

from random import Random

from ...prior.words import keep_case
from .articles import DETERMINERS, FUNCTION_WORDS
from .tables import Tables
from .units import Units

BASE_AFTER = {
    "to",
    "can",
    "will",
    "must",
    "should",
    "may",
    "could",
    "would",
    "might",
    "cannot",
    "don't",
    "doesn't",
    "won't",
    "can't",
}
SUBJECTS = {"you", "we", "they", "i"}
BE_OR_HAVE = {"is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "gets", "get"}
ING_AFTER = {
    "by",
    "without",
    "when",
    "while",
    "after",
    "before",
    "instead",
    "of",
    "start",
    "stop",
    "avoid",
    "keep",
    "consider",
}
SINGULAR_AFTER = {"a", "an", "each", "every", "this", "another", "one"}
PLURAL_AFTER = {
    "these",
    "those",
    "many",
    "several",
    "few",
    "both",
    "two",
    "three",
    "four",
    "five",
    "multiple",
    "various",
    "all",
    "different",
    "following",
    "other",
}
BARE_AFTER = {
    "of",
    "for",
    "with",
    "from",
    "in",
    "by",
    "using",
    "use",
    "create",
    "between",
    "support",
    "supports",
    "contains",
    "contain",
    "are",
}
OBJECT_STARTS = {
    "the",
    "a",
    "an",
    "that",
    "to",
    "you",
    "your",
    "this",
    "it",
    "its",
    "how",
    "whether",
    "all",
    "any",
    "no",
    "not",
    "when",
    "only",
    "as",
    "in",
    "on",
    "for",
    "from",
    "with",
    "by",
}
# right -> (wrong, weight): profile.json detail.inflection, reversed
AUXILIARIES = {
    "is": (("are", 154), ("be", 12), ("was", 11)), "are": (("is", 132), ("was", 10)), "was": (("were", 15), ("is", 11)),
    "were": (("was", 14),), "has": (("have", 44),), "have": (("has", 32),), "does": (("do", 17),), "do": (("does", 12),),
    "be": (("is", 12),), "been": (("being", 7), ("be", 4)), "being": (("been", 5),),
}  # fmt: skip


def plural_of(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def singular_of(word: str, known: set[str]) -> str | None:
    """The word whose regular plural this is, if both are words."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 4:
        return None
    for candidate in (
        word[:-3] + "y" if word.endswith("ies") else "",
        word[:-2] if word.endswith("es") else "",
        word[:-1],
    ):
        if candidate and candidate in known and plural_of(candidate) == word:
            return candidate
    return None


def agreement_sites(units: Units, tables: Tables) -> list[tuple[int, str, float]]:
    sites: list[tuple[int, str, float]] = []
    known = tables.known
    for index in units.words():
        word = units.texts[index].lower()
        if word in AUXILIARIES:
            sites += [(index, wrong, weight / 100) for wrong, weight in AUXILIARIES[word]]
            continue
        if word in FUNCTION_WORDS or len(word) < 3 or "'" in word or "’" in word:
            continue
        before_index = units.previous_word(index)
        before, after = units.lower(before_index), units.lower(units.next_word(index))
        earlier = units.lower(units.previous_word(before_index)) if before_index is not None else ""
        verb = tables.verb_of.get(word)
        if before in SINGULAR_AFTER and word not in DETERMINERS and plural_of(word) in known and not word.endswith("s"):
            sites.append((index, plural_of(word), 1.0))
        elif (
            before in PLURAL_AFTER or before in BARE_AFTER or (before == "the" and earlier == "of")
        ) and word.endswith("s"):
            single = singular_of(word, known)
            if single is not None:
                sites.append((index, single, 1.0))
        elif (
            verb is not None
            and word == verb["third"]
            and before
            and after in OBJECT_STARTS
            and before not in FUNCTION_WORDS
            and not before.endswith("s")
        ):
            sites.append((index, verb["lemma"], 1.6))
        elif verb is not None and word == verb["lemma"] and before in SUBJECTS:
            sites.append((index, verb["third"], 0.8))
    return sites


def verb_form_sites(units: Units, tables: Tables) -> list[tuple[int, str, float]]:
    sites: list[tuple[int, str, float]] = []
    for index in units.words():
        word = units.texts[index].lower()
        if word in FUNCTION_WORDS or len(word) < 3:
            continue
        before = units.lower(units.previous_word(index))
        verb = tables.verb_of.get(word)
        if verb is None:
            if word.endswith("ly") and word[:-2] in tables.known:
                sites.append((index, word[:-2], 0.15))
            continue
        if word == verb["lemma"] and before in BASE_AFTER:
            # "In a way to using" is about as common as "to uses" and "to used" together.
            sites += [(index, verb["ing"], 0.5), (index, verb["past"], 0.4), (index, verb["third"], 0.4)]
        elif word == verb["participle"] and before in BE_OR_HAVE and word != verb["lemma"]:
            sites += [(index, verb["lemma"], 0.8), (index, verb["third"], 0.1)]
        elif word == verb["ing"] and (before in ING_AFTER or before in BE_OR_HAVE):
            sites.append((index, verb["lemma"], 1.0))
    return sites


def _apply(units: Units, random: Random, sites: list[tuple[int, str, float]]) -> bool:
    sites = [site for site in sites if site[1] and site[1] != units.texts[site[0]].lower()]
    if not sites:
        return False
    index, wrong, _ = random.choices(sites, [weight for _, _, weight in sites])[0]
    units.replace(index, keep_case(units.texts[index], wrong))
    return True


def apply_agreement(units: Units, random: Random, tables: Tables) -> bool:
    return _apply(units, random, agreement_sites(units, tables))


def apply_verb_form(units: Units, random: Random, tables: Tables) -> bool:
    return _apply(units, random, verb_form_sites(units, tables))
