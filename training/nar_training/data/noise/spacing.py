"""Spaces lost, put into a word or before a mark: "interpretersand", "with in", "so.The", "word ,"."""

from random import Random

from ...prior.words import SPACE, WORD
from .articles import FUNCTION_WORDS
from .tables import Tables
from .units import TOUCHED, Units


def apply(units: Units, random: Random, tables: Tables) -> bool:
    sites: list[tuple[str, int, float]] = []
    for index in units.words():
        word = units.texts[index]
        wrong = tables.spacing.get(word)
        if wrong is not None:
            sites.append(("replace", index, 8.0))
        following = units.next_word(index)
        if following is None:
            continue
        pair = f"{word} {units.texts[following]}"
        if pair in tables.spacing:
            sites.append(("pair", index, 12.0))
        elif may_run_on(word, units.texts[following], tables.known):
            sites.append(("join", index, 1.0))
    for index in range(1, len(units.kinds) - 2):
        if (
            units.texts[index] in (",", ".")
            and units.texts[index + 1] == " "
            and units.kinds[index - 1] == units.kinds[index + 2] == WORD
        ):
            sites += [("glue", index, 1.5), ("before", index, 1.0)]
    if not sites:
        return False
    kind, index, _ = random.choices(sites, [weight for _, _, weight in sites])[0]
    if kind == "replace":
        units.replace(index, tables.spacing[units.texts[index]])
    elif kind in ("pair", "join"):
        following = index + 2
        joined = (
            tables.spacing[f"{units.texts[index]} {units.texts[following]}"]
            if kind == "pair"
            else units.texts[index] + units.texts[following]
        )
        units.texts[index : following + 1] = [joined]
        units.kinds[index : following + 1] = [TOUCHED]
    elif kind == "glue":
        del units.texts[index + 1]
        del units.kinds[index + 1]
        units.touch(index - 1)
        units.touch(index + 1)
    else:
        units.texts.insert(index, " ")
        units.kinds.insert(index, SPACE)
        units.touch(index - 1)
    return True


def may_run_on(word: str, following: str, known: set[str]) -> bool:
    """One of two words that run together is mostly a short one; the result must be no word ("to day", "can not")."""
    short = word.lower() in FUNCTION_WORDS or following in FUNCTION_WORDS
    return short and following.islower() and (word + following).lower() not in known
