"""Misspellings: real ones looked up in reverse, and the letter operations that people really make.

Operation shares, positions and letters are counted from misspellings fixed in documentation (edits/profile.json):
drop 39 %, insert 21, substitute 13, transpose 12, un-double 7, double 6; three quarters in the middle of the word.
"""

from random import Random

from ...prior.words import keep_case
from .tables import Tables, choose
from .units import Units

REAL_SHARE = 0.45  # of the words that have a recorded misspelling
# How much likelier a word of this length is to be misspelled than a word of two letters: profile.json word_length
# divided by how often such lengths occur in prose. Long words are misspelled, short ones are mistyped.
LENGTH_WEIGHTS = [0, 0, 0.3, 1.3, 3, 6, 12, 20, 30, 41, 44, 50, 42]
NEIGHBOURS = {
    "q": "wa", "w": "qase", "e": "wsdr", "r": "edft", "t": "rfgy", "y": "tghu", "u": "yhji", "i": "ujko", "o": "iklp",
    "p": "ol", "a": "qwsz", "s": "awedxz", "d": "serfcx", "f": "drtgvc", "g": "ftyhbv", "h": "gyujnb", "j": "huikmn",
    "k": "jiolm", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


def apply(units: Units, random: Random, tables: Tables) -> bool:
    words, weights = [], []
    for index in units.words():
        text = units.texts[index]
        weight = LENGTH_WEIGHTS[min(len(text), 12)]
        if text[0].isupper() and index > 1:
            weight *= 0.3  # names: the right spelling can often not be known
        if weight:
            words.append(index)
            weights.append(weight)
    if not words:
        return False
    for _ in range(3):
        index = random.choices(words, weights)[0]
        wrong = misspell(units.texts[index], random, tables)
        if wrong is not None:
            units.replace(index, wrong)
            return True
    return False


def misspell(word: str, random: Random, tables: Tables) -> str | None:
    """A wrong spelling that is no word itself (those are confusions), or None."""
    lower = word.lower()
    recorded = tables.misspellings.get(lower)
    if recorded is not None and random.random() < REAL_SHARE:
        return keep_case(word, choose(recorded, random))
    for _ in range(5):
        operation = choose(tables.letter_operations, random)
        wrong = OPERATIONS[operation](lower, random, tables)
        if wrong is not None and wrong != lower and wrong not in tables.known:
            return keep_case(word, wrong)
    return None


def position(length: int, random: Random) -> int:
    """Index of a letter: first 4 %, second 7 %, last 12 %, else in the middle (profile.json
    spelling_letters.position).
    """
    draw = random.random()
    if draw < 0.037 or length == 1:
        return 0
    if draw < 0.103 or length == 2:
        return 1
    if draw < 0.226 or length == 3:
        return length - 1
    return random.randrange(2, length - 1)


def drop(word: str, random: Random, tables: Tables) -> str | None:
    if len(word) < 3:
        return None
    for _ in range(3):
        at = position(len(word), random)
        if random.random() < tables.drop_preference.get(word[at], 0.3):
            break
    return word[:at] + word[at + 1 :]


def insert(word: str, random: Random, tables: Tables) -> str | None:
    at = position(len(word), random) + 1
    beside = word[at - 1]
    letter = (
        random.choice(NEIGHBOURS[beside])
        if beside in NEIGHBOURS and random.random() < 0.4
        else choose(tables.inserted_letters, random)
    )
    return word[:at] + letter + word[at:]


def substitute(word: str, random: Random, tables: Tables) -> str | None:
    """Vowels and sounds that people mix up (a > e), or a neighbouring key."""
    if random.random() < 0.65:
        places = [index for index, letter in enumerate(word) if letter in tables.substitutions]
        if places:
            at = random.choice(places)
            return word[:at] + choose(tables.substitutions[word[at]], random) + word[at + 1 :]
    at = position(len(word), random)
    if word[at] not in NEIGHBOURS:
        return None
    return word[:at] + random.choice(NEIGHBOURS[word[at]]) + word[at + 1 :]


def transpose(word: str, random: Random, tables: Tables) -> str | None:
    places = [index for index in range(len(word) - 1) if word[index] != word[index + 1]]
    if not places:
        return None
    # Of two places the pair that is swapped more often (ti, ei, ie ...).
    at = max(
        random.choice(places),
        random.choice(places),
        key=lambda index: tables.transposed.get(word[index : index + 2], 0),
    )
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def undouble(word: str, random: Random, tables: Tables) -> str | None:
    places = [index for index in range(len(word) - 1) if word[index] == word[index + 1]]
    if not places:
        return None
    at = random.choice(places)
    return word[:at] + word[at + 1 :]


def double(word: str, random: Random, tables: Tables) -> str | None:
    places = [
        index
        for index in range(1, len(word))
        if word[index] in tables.doubled_letters and word[index] != word[index - 1]
    ]
    if not places:
        return None
    at = random.choices(places, [tables.doubled_letters[word[index]] for index in places])[0]
    return word[: at + 1] + word[at:]


OPERATIONS = {
    "drop": drop,
    "insert": insert,
    "substitute": substitute,
    "transpose": transpose,
    "drop one of a double letter": undouble,
    "double a letter": double,
}
