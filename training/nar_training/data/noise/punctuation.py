"""Commas, stops, colons and brackets left out, added or exchanged; hyphens."""

from random import Random

from ...prior.words import PUNCTUATION, SPACE, WORD
from .tables import Tables, choose
from .units import TOUCHED, Units

# Places where a writer puts a comma that does not belong there.
COMMA_BEFORE = {"that", "and", "or", "to", "if", "when", "because", "is", "are", "can", "with", "for", "in", "by", "as"}
FINAL_STOP_SHARE = 0.3  # headings and list items have no stop: few examples, or every one of them is "corrected"


def apply(units: Units, random: Random, tables: Tables) -> bool:
    marks: dict[str, list[int]] = {}
    for index, kind in enumerate(units.kinds):
        if kind == PUNCTUATION and index > 0:
            marks.setdefault(units.texts[index], []).append(index)
    for _ in range(8):
        wrong, right = choose(tables.punctuation, random)
        if right == "":
            if wrong == "," and add_comma(units, random):
                return True
        elif right in marks and (wrong == "" or wrong in ",.;:"):
            index = random.choice(marks[right])
            if wrong == "":
                if omit(units, index, random):
                    return True
            elif (
                right not in "()-"
                and ends_word(units, index)
                and (index + 1 < len(units.kinds) or random.random() < FINAL_STOP_SHARE)
            ):
                units.replace(index, wrong)
                return True
    return False


def ends_word(units: Units, index: int) -> bool:
    """The mark stands between a word (or code) and a space, or at the end."""
    return (
        index > 0
        and units.kinds[index - 1] != SPACE
        and (index + 1 == len(units.kinds) or units.kinds[index + 1] == SPACE)
    )


def omit(units: Units, index: int, random: Random) -> bool:
    mark = units.texts[index]
    last = index + 1 == len(units.texts)
    if mark in ".:" and (not last or random.random() > FINAL_STOP_SHARE or len(units.texts) < 11):
        return False
    if mark == "," and (not ends_word(units, index) or is_list_comma(units, index)):
        return False
    if mark not in ",.:()":
        return False
    if mark in "()" and not any(kind == WORD for kind in units.kinds[max(0, index - 1) : index + 2]):
        return False
    del units.texts[index]
    del units.kinds[index]
    touch_beside(units, index)
    return True


def is_list_comma(units: Units, index: int) -> bool:
    """A comma before "and" or "or" is a matter of style."""
    return index + 2 < len(units.texts) and units.texts[index + 2].lower() in ("and", "or")


def touch_beside(units: Units, index: int) -> None:
    for beside in (index - 1, index):
        if 0 <= beside < len(units.kinds) and units.kinds[beside] == WORD:
            units.kinds[beside] = TOUCHED


def add_comma(units: Units, random: Random) -> bool:
    places = [
        index
        for index in units.words()
        if units.texts[index] in COMMA_BEFORE and units.previous_word(index) is not None
    ]
    if not places:
        return False
    before = units.previous_word(random.choice(places))
    units.replace(before, units.texts[before] + ",")
    return True


def apply_hyphen(units: Units, random: Random, tables: Tables) -> bool:
    """ "well known service" and "real-time" without its hyphen; a hyphen where words are joined today (re-use)."""
    sites: list[tuple[str, int]] = []
    for index in range(1, len(units.kinds) - 1):
        if units.texts[index] == "-" and units.kinds[index - 1] == units.kinds[index + 1] == WORD:
            sites.append(("open", index))
    for index in units.words():
        if "-" in tables.hyphens.get(units.texts[index], ""):
            sites.append(("join", index))
    if not sites:
        return False
    kind, index = random.choice(sites)
    if kind == "open":
        units.texts[index], units.kinds[index] = " ", SPACE
        units.touch(index - 1)
        units.touch(index + 1)
    else:
        units.replace(index, tables.hyphens[units.texts[index]])
    return True
