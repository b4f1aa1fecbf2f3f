"""Articles left out, put in, or confused (a/an, a/the), in the proportions of real corrections."""

from random import Random

from ...prior.words import keep_case
from .tables import ARTICLES, Tables, choose
from .units import Units

DETERMINERS = ARTICLES | {
    "this", "that", "these", "those", "my", "your", "our", "its", "his", "her", "their", "each", "every", "any", "some", "no",
    "all", "both", "either", "neither", "another", "what", "which", "whose", "one", "two", "three", "many", "several", "few", "other",
}  # fmt: skip
BEFORE_NOUN = {
    "of", "in", "to", "for", "with", "on", "from", "by", "at", "into", "as", "and", "or", "use", "using", "create", "add", "is",
    "are", "has", "have", "when", "if", "that", "set", "see", "via", "about", "between", "requires", "returns", "contains",
}  # fmt: skip
FUNCTION_WORDS = DETERMINERS | BEFORE_NOUN | {
    "i", "you", "we", "they", "it", "he", "she", "them", "us", "there", "here", "be", "been", "being", "was", "were", "do", "does",
    "did", "can", "could", "will", "would", "should", "may", "might", "must", "not", "than", "then", "also", "only", "so", "but",
    "while", "because", "how", "where", "why", "who", "just", "more", "most", "such", "very", "after", "before", "without", "had",
    "up", "out", "off", "over", "under", "through", "during", "within", "per", "too", "again", "once", "still", "even", "if",
}  # fmt: skip


def apply(units: Units, random: Random, tables: Tables) -> bool:
    words = units.words()
    present: dict[str, list[int]] = {}
    for index in words:
        lower = units.texts[index].lower()
        if lower in ARTICLES:
            present.setdefault(lower, []).append(index)
    for _ in range(4):
        wrong, right = choose(tables.article_actions, random)
        if right == "":
            if add(units, words, wrong, random):
                return True
        elif right in present:
            index = random.choice(present[right])
            if wrong:
                units.replace(index, keep_case(units.texts[index], wrong))
                return True
            if omit(units, index, random):
                return True
    return False


def omit(units: Units, index: int, random: Random) -> bool:
    """Without "the" a plural or a mass noun is mostly still right, so those are seldom chosen."""
    after = units.next_word(index)
    if after is None:
        return False
    if units.texts[index].lower() == "the":
        further = units.next_word(after)
        plural = units.texts[after].endswith("s") or (further is not None and units.texts[further].endswith("s"))
        if plural and random.random() < 0.8:
            return False
    return units.remove_word(index)


def add(units: Units, words: list[int], article: str, random: Random) -> bool:
    places = []
    for index in words:
        before = units.previous_word(index)
        if before is None or not units.texts[index].islower():
            continue
        if units.texts[index] in FUNCTION_WORDS or units.texts[before].lower() not in BEFORE_NOUN:
            continue
        vowel = units.texts[index][0] in "aeiou"
        if article == "the" or vowel == (article == "an"):
            places.append(index)
    if not places:
        return False
    units.insert_before(random.choice(places), article)
    return True
