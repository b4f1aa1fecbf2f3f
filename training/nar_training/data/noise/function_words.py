"""Function words left out, put in where none belongs, and doubled."""

from random import Random

from .tables import Tables, choose
from .units import Units


def apply_missing(units: Units, random: Random, tables: Tables) -> bool:
    sites, weights = [], []
    for index in units.words():
        word = units.texts[index]
        # At the start of a sentence a missing "If" or "In" leaves too little to restore it from.
        if word in tables.missing and units.next_word(index) is not None and units.previous_word(index) is not None:
            sites.append(index)
            weights.append(tables.missing[word])
    if not sites:
        return False
    return units.remove_word(random.choices(sites, weights)[0])


def apply_extra(units: Units, random: Random, tables: Tables) -> bool:
    words = [index for index in units.words() if units.previous_word(index) is not None]
    if not words:
        return False
    for _ in range(4):
        extra = choose(tables.extra, random)
        index = random.choice(words)
        neighbours = {units.texts[index].lower(), units.lower(units.previous_word(index))}
        # "of of" is a doubled word, and "to" before a plain verb or "and" after a comma is mostly good English.
        if extra not in neighbours and not (
            extra in ("and", "to", "you") and neighbours & {"the", "a", "an", "you", "we", "they"} == set()
        ):
            units.insert_before(index, extra)
            return True
    return False


def apply_doubled(units: Units, random: Random, tables: Tables) -> bool:
    """The second copy is the wrong one (align.py): it is the unit that is added."""
    words = [index for index in units.words() if units.next_word(index) is not None]
    if not words:
        return False
    weights = [tables.doubled.get(units.texts[index].lower(), 2) for index in words]
    index = random.choices(words, weights)[0]
    following = units.next_word(index)
    if following is not None and random.random() < 0.04:
        # A doubled pair: "of the of the".
        units.insert_after(following, units.texts[following])
        units.insert_after(following, units.texts[index].lower())
        units.touch(following)
    else:
        units.insert_after(index, units.texts[index].lower())
    units.touch(index)
    return True
