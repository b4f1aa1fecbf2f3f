"""One word for another: real-word confusions (then/than), prepositions, pronouns and determiners."""

from random import Random

from ...prior.words import keep_case
from .tables import Choice, Tables, choice_of, choose
from .units import Units

# Pairs that writers mix up and that our own corrections show too seldom to count; both directions.
CONFUSED = [
    ("their", "there"), ("their", "they're"), ("your", "you're"), ("its", "it's"), ("then", "than"), ("affect", "effect"),
    ("lose", "loose"), ("to", "too"), ("whose", "who's"), ("were", "where"), ("of", "off"), ("form", "from"), ("weather", "whether"),
    ("accept", "except"), ("advice", "advise"), ("passed", "past"), ("principal", "principle"), ("complement", "compliment"),
    ("quite", "quiet"), ("through", "though"), ("through", "trough"), ("precede", "proceed"), ("choose", "chose"), ("led", "lead"),
    ("discrete", "discreet"), ("lets", "let's"), ("ensure", "insure"), ("brake", "break"), ("new", "knew"), ("know", "now"),
    ("practice", "practise"), ("device", "devise"), ("access", "excess"), ("adapt", "adopt"), ("sight", "site"), ("cite", "site"),
    ("build", "built"), ("send", "sent"), ("thing", "think"), ("want", "what"), ("with", "which"), ("though", "thought"),
]  # fmt: skip
# Of these only the second is a likely slip ("past" for "passed" is, "practise" for the verb is British).
ONE_WAY = {
    ("practice", "practise"),
    ("ensure", "insure"),
    ("brake", "break"),
    ("new", "knew"),
    ("sight", "site"),
    ("cite", "site"),
    ("through", "trough"),
}
ONLY_RIGHT = {
    ("break", "brake"),
    ("site", "cite"),
    ("new", "knew"),
    ("through", "trough"),
    ("ensure", "insure"),
    ("practice", "practise"),
}
# In nearly every sentence: at the weight of their pairs they would be almost all of the confusions.
EVERYWHERE = {"the", "and", "in", "of", "is", "on", "or", "for", "to", "an", "that", "it"}


def confusion_table(counted: dict[str, dict[str, float]]) -> dict[str, Choice]:
    """Counted confusions (square roots of counts) and the pairs above with the weight of a pair seen once."""
    table = {right: dict(wrongs) for right, wrongs in counted.items()}
    for first, second in CONFUSED:
        directions = [(first, second), (second, first)]
        if (first, second) in ONE_WAY or (second, first) in ONE_WAY:
            directions = [pair for pair in directions if pair in ONLY_RIGHT]
        for right, wrong in directions:
            table.setdefault(right, {}).setdefault(wrong, 1.0)
    return {right: choice_of(wrongs) for right, wrongs in table.items()}


def _apply(units: Units, random: Random, table: dict[str, Choice], flat: bool) -> bool:
    sites, weights = [], []
    for index in units.words():
        options = table.get(units.texts[index].lower())
        if options is not None:
            sites.append(index)
            weights.append(1.0 if flat else options[1][-1] / (5 if units.texts[index].lower() in EVERYWHERE else 1))
    if not sites:
        return False
    index = random.choices(sites, weights)[0]
    word = units.texts[index]
    units.replace(index, keep_case(word, choose(table[word.lower()], random)))
    return True


def apply_confusable(units: Units, random: Random, tables: Tables) -> bool:
    return _apply(units, random, tables.confusion_table, flat=False)


def apply_preposition(units: Units, random: Random, tables: Tables) -> bool:
    return _apply(units, random, tables.prepositions, flat=True)


def apply_other(units: Units, random: Random, tables: Tables) -> bool:
    return _apply(units, random, tables.pronouns, flat=True)


def apply_apostrophe(units: Units, random: Random, tables: Tables) -> bool:
    """dont, users permission, API's: an apostrophe lost or put into a plural."""
    sites: list[tuple[int, str, float]] = []
    for index in units.words():
        word = units.texts[index]
        lower = word.lower().replace("’", "'")
        if "'" in lower:
            bare = lower.replace("'", "")
            # "its", "were", "well" are words: those are confusions.
            if lower.endswith(("n't", "'s")) or bare not in tables.known:
                sites.append((index, bare, 3.0))
        elif lower in tables.apostrophes:
            sites.append((index, choose(tables.apostrophes[lower], random), 1.0))
    if not sites:
        return False
    index, wrong, _ = random.choices(sites, [weight for _, _, weight in sites])[0]
    units.replace(index, keep_case(units.texts[index], wrong))
    return True
