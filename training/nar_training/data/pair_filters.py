"""Does an answer of the teacher say what its source says? Small pure functions (source, target) -> bool, True passes.

They compare what can be counted: numbers, names, code, negation, modals, quantities, conditions, sentence kind, style.
Words with one meaning are a group; a group named plainly on one side must be there, at least in other words, on the
other. Refusing a good answer costs one pair, learning a wrong one costs more: in doubt they refuse. `pair_modes.py` has
those that depend on the mode or on word lists.
"""

import re

from ..prior.words import PROTECTED, split_units
from .meaning_groups import CONDITIONS, FUTURE, MODALS, QUANTITIES, count, groups_agree, matches
from .word_relations import words_of

_NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:[.,:/]\d+)*%?")
_NUMBER_WORDS = re.compile(
    r"\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred|thousand|million|twice|"
    r"half|double|triple|third|fourth|fifth|second|dozen)s?\b",
    re.I,
)
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)|https?://[^\s)>]+")
_CODE = re.compile(r"`[^`]+`")
_NEGATION = re.compile(
    r"\b(?:not|cannot|no|never|none|nothing|nobody|neither|nor|without|unable|lacks?|lacking)\b|n['’]t\b", re.I
)
_CONTRACTION = re.compile(r"(?:n['’]t|['’](?:ll|re|ve|d|m))\b|\b(?:it|that|there|here|what|let|he|she)['’]s\b", re.I)
_QUOTES = re.compile(r"[\"“”‘«»]|(?<!\w)['’]|['’](?!\w)")
_PERSONS = (r"\b(?i:we|us|ours?|let['’]s)\b", r"\b(?:I|[Mm]y|me)\b", r"\b(?i:he|she|his|her|him)\b")


def numbers(text: str) -> set[str]:
    """Figures as they stand and number words ("two", "twice", "half"), outside code."""
    text = _CODE.sub(" ", text)
    return set(_NUMBER.findall(text)) | {word.lower() for word in _NUMBER_WORDS.findall(text)}


def same_numbers(source: str, target: str) -> bool:
    return numbers(source) == numbers(target)


def protected_pieces(text: str) -> set[str]:
    """Identifiers, paths, flags, versions, acronyms: what prose may not reword."""
    pieces, kinds = split_units(text)
    return {piece.strip("`") for piece, kind in zip(pieces, kinds, strict=True) if kind == PROTECTED}


def same_code(source: str, target: str) -> bool:
    """The same code in backticks, and the same bare identifiers, placeholders and acronyms."""
    return set(_CODE.findall(source)) == set(_CODE.findall(target)) and protected_pieces(source) == protected_pieces(
        target
    )


def same_links(source: str, target: str) -> bool:
    return sorted(_LINK.findall(source)) == sorted(_LINK.findall(target))


def names(text: str) -> set[str]:
    """Words with a capital that is not the sentence's own: names, titles, labels of a user interface."""
    text = _CODE.sub(" x ", text)
    return set(re.findall(r"(?<=[\w,;)\"”’`-] )[(\"“‘]?([A-Z][\w-]*[a-z][\w-]*)", text)) - {"I"}


def same_names(source: str, target: str, base_verbs: frozenset[str] = frozenset()) -> bool:
    """A name of one side stands on the other with the same capitals. At the start of a sentence a label that is a verb
    ("choose Finish") cannot be told from the verb itself ("Finish the wizard"), so it may not move there."""
    for one, other in ((source, target), (target, source)):
        for name in names(one):
            places = [
                match.start() for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", other)
            ]
            if not places or (places == [0] and name.lower() in base_verbs):
                return False
    return True


def count_negations(text: str) -> int:
    return len(_NEGATION.findall(_CODE.sub(" ", text)))


def same_negation(source: str, target: str) -> bool:
    """As many negations; "unless", "except" are conditions."""
    return count_negations(source) == count_negations(target)


_COMMAND = re.compile(
    r"^(?:(?:to|if|when|before|after|once|in|on|for|from|at|by|with|under|then|next|first|finally|optionally|instead|otherwise|also|"
    r"unless|note that|please|as|only)\b[^,]*,\s+(?:then |also |please )?|(?:please|then|also|only|always|optionally)\s+|"
    r"(?:do not|don['’]t|never)\s+)*(?P<verb>[a-z]+)\s+(?P<next>\S+)",
    re.I,
)
_AFTER_NOUN = frozenset(
    "is are was were has have had can could may might must should will would does do of that which and or".split()
)
_AFTER_COMMAND = frozenset(
    "the a an your this that these those all any each every it its them how what whether for to with from in on if "
    "when into up out only one both sure about and by as at".split()
)


def is_command(text: str, base_verbs: frozenset[str]) -> bool:
    """Starts with a verb in its base form, after an opening clause at most."""
    match = _COMMAND.match(_CODE.sub("Code", text))
    if not match or match["verb"].lower() not in base_verbs or match["next"].lower() in _AFTER_NOUN:
        return False
    return match["next"].lower() in _AFTER_COMMAND or not match["next"].endswith("s") or match["next"][0].isupper()


def same_kind(source: str, target: str, base_verbs: frozenset[str]) -> bool:
    """A question stays a question, a command a command; "must", "need to" may become a command, "should" and "can" may
    not."""
    if ("?" in source) != ("?" in target):
        return False
    left, right = is_command(source, base_verbs), is_command(target, base_verbs)
    if right and not left:
        return matches(r"must|need to|needs to|have to|has to|required|make sure|necessary", source)
    return left == right or matches(r"must|need to|have to|make sure", target)


def same_modals(source: str, target: str, base_verbs: frozenset[str] = frozenset()) -> bool:
    """Can, may, must, should, would; a command says "must" too."""
    groups = MODALS
    if is_command(source, base_verbs) != is_command(target, base_verbs):
        groups = tuple(group for group in MODALS if not group[0].startswith("must"))
    return groups_agree(groups, source, target) and count(FUTURE, target) <= count(FUTURE, source)


def no_new_modals(source: str, target: str) -> bool:
    """A summary claims no more than its text: what it says one can, may, must or should do, the text says."""
    source, target = (_CODE.sub(" ", text) for text in (source, target))
    return not any(matches(plain, target) and not matches(f"{plain}|{loose}", source) for plain, loose in MODALS)


def same_quantities(source: str, target: str) -> bool:
    return groups_agree(QUANTITIES, source, target)


def same_conditions(source: str, target: str) -> bool:
    return groups_agree(CONDITIONS, source, target)


def _starts_without_subject(text: str, base_verbs: frozenset[str]) -> bool:
    match = re.match(r"([A-Z][a-z]+)s ([\w`'’]+)", text)
    if not match or match[2].lower() in _AFTER_NOUN | {"in", "of", "for", "to", "from", "with", "on", "at", "by"}:
        return False
    stems = match[1].lower(), match[1].lower().removesuffix("e"), match[1].lower().removesuffix("ie") + "y"
    return any(base in base_verbs for base in stems)


def same_subject(source: str, target: str, base_verbs: frozenset[str] = frozenset()) -> bool:
    """No statement loses its subject ("This locks the screen." -> "Locks the screen."), none of a list gets one."""
    return _starts_without_subject(source, base_verbs) == _starts_without_subject(target, base_verbs)


def same_persons(source: str, target: str) -> bool:
    """We, I, he and she on both sides or on none; "you" may come in for a passive."""
    return all(bool(re.search(person, source)) == bool(re.search(person, target)) for person in _PERSONS)


def same_tense(source: str, target: str) -> bool:
    """What was is not said to be."""

    def past(text: str) -> bool:
        return matches(r"was|were|had|did|wasn['’]t|weren['’]t|didn['’]t", text)

    def present(text: str) -> bool:
        return matches(r"is|are|has|have|do|does|isn['’]t|aren['’]t|can|will|must", text)

    return (
        past(source) == past(target)
        or (present(source) and present(target))
        or not (present(source) or present(target))
    )


def same_ending(source: str, target: str) -> bool:
    """The same final punctuation and a first letter of the same height."""
    ends = [re.search(r"[.:!?…;,]*[)\"”’]?$", text).group() for text in (source, target)]
    return ends[0] == ends[1] and (source[:1].isupper() or not source[:1].isalpha()) == (
        target[:1].isupper() or not target[:1].isalpha()
    )


def same_style(source: str, target: str) -> bool:
    """The same quotation marks; no contraction where the source has none, none spelled out where it has."""
    if sorted(_QUOTES.findall(source)) != sorted(_QUOTES.findall(target)):
        return False
    contracted, in_target = (bool(_CONTRACTION.search(text)) for text in (source, target))
    return contracted or not in_target


def is_whole(target: str) -> bool:
    """One line, brackets closed, no label or tag of the prompt in it, no end in the middle, nothing said twice in a
    row."""
    if (
        not target
        or "\n" in target
        or "<|" in target
        or re.match(r"(?:sentence|text|rephrase|simpler|shorter|headline):", target, re.I)
    ):
        return False
    if (
        any(target.count(left) != target.count(right) for left, right in ("()", "[]", "{}", "“”"))
        or target.count("`") % 2
    ):
        return False
    if re.search(r"\b(\w{3,}) (?:or|and) \1\b", target, re.I):
        return False
    words = words_of(target)
    doubled = any(left == right for left, right in zip(words, words[1:], strict=False))
    if re.search(r"\b(?:is|are|was|of|to|the|a|an|and|or|with|for|by|from|that|which)\W*$", target):
        return False
    return not doubled and all(words[at : at + 3] != words[at + 3 : at + 6] for at in range(len(words) - 5))
