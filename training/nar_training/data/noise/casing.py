"""Capitals lost (names, sentence start) and put on ordinary words."""

from random import Random

from ...prior.words import PROTECTED, WORD
from .articles import FUNCTION_WORDS
from .tables import Tables, choose
from .units import Units

# Shares of profile.json detail.casing: names 2617, inner letters 1754, sentence start 1379, common word 1059. A word
# that only looks like a name ("Save" in a menu) cannot be restored, so of capitals in mid-sentence only a few are lost.
NAME, START, COMMON, CAPITAL = 44.0, 14.0, 11.0, 3.0


def apply(units: Units, random: Random, tables: Tables) -> bool:
    sites: list[tuple[int, str, float]] = []
    first = units.first_word()
    for index, kind in enumerate(units.kinds):
        word = units.texts[index]
        if kind in (WORD, PROTECTED) and word in tables.names:
            sites.append((index, choose(tables.names[word], random), NAME))
        elif kind == PROTECTED and word.endswith("s") and word[:-1] in tables.names:
            sites.append((index, choose(tables.names[word[:-1]], random) + "s", NAME))
        elif kind != WORD:
            continue
        elif index == first and index <= 1:
            if word[0].isupper():
                sites.append((index, word[0].lower() + word[1:], START))
        elif word[0].isupper():
            if word.lower() in tables.known and word != "I" and not after_stop(units, index):
                continue  # a menu's name, a title: cannot be restored
            sites.append((index, word[0].lower() + word[1:], START if after_stop(units, index) else CAPITAL))
        elif len(word) > 3 and word not in FUNCTION_WORDS:
            sites.append((index, word[0].upper() + word[1:], COMMON / 8))  # about eight such words in a sentence
    if not sites:
        return False
    index, wrong, _ = random.choices(sites, [weight for _, _, weight in sites])[0]
    units.replace(index, wrong)
    return True


def after_stop(units: Units, index: int) -> bool:
    return index >= 2 and units.texts[index - 1] == " " and units.texts[index - 2] in ".?!"
