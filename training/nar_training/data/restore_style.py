"""What a teacher changes without being asked, put back: apostrophes, contractions, quotes, backticks, the final colon
or full stop.

Each of these is decided by the source alone, so an answer that is good but for them need not be lost.
"""

import re

_CODE = re.compile(r"`([^`]+)`")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_NEGATIVES = (
    ("cannot", "can't"),
    *(
        (f"{verb} not", f"{verb}n't")
        for verb in (
            "do",
            "does",
            "did",
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "had",
            "should",
            "would",
            "could",
            "must",
        )
    ),
)
_END = re.compile(r"([.:!?…]*)$")


def restore_code_marks(source: str, target: str) -> str:
    """Backticks only around what has them in the source, and around all of that."""
    marked = _CODE.findall(source)
    for content in dict.fromkeys(_CODE.findall(target)):
        if content not in marked:
            target = target.replace(f"`{content}`", content)
    for content in dict.fromkeys(marked):
        bare = re.compile(rf"(?<![\w`]){re.escape(content)}(?![\w`])")
        if f"`{content}`" not in target and source.count(content) == source.count(f"`{content}`"):
            target = bare.sub(lambda match: f"`{match.group()}`", target)
    return target


def restore_quotes(source: str, target: str) -> str:
    """Apostrophes and quotation marks in the form of the source; none around what stands there without them."""
    if "’" in source and "'" not in source:
        target = re.sub(r"(?<=\w)'(?=\w)", "’", target)
    if "'" in source and "’" not in source:
        target = target.replace("’", "'")
    quoted = _QUOTED.findall(source)
    for match in reversed(list(_QUOTED.finditer(target))):
        content = match.group(1)
        if content in quoted:
            marks = source[source.index(content) - 1], source[source.index(content) + len(content)]
            target = target[: match.start()] + marks[0] + content + marks[1] + target[match.end() :]
        elif content in source:
            target = target[: match.start()] + content + target[match.end() :]
    return target


def restore_contractions(source: str, target: str) -> str:
    """ "do not" is "don't" again where the source says so, and the other way round."""
    for long, short in _NEGATIVES:
        apostrophe = "’" if "’" in source else "'"
        short = short.replace("'", apostrophe)
        for wanted, found in ((long, short), (short, long)):
            if _has(wanted, source) and not _has(found, source):
                target = re.sub(rf"(?<!\w){found}(?!\w)", wanted, target)
    return target


def _has(phrase: str, text: str) -> bool:
    return re.search(rf"(?<!\w){phrase}(?!\w)", text) is not None


def restore_ending(source: str, target: str) -> str:
    """A full stop where the source has a colon, or the other way round, is the source's; so is a missing one."""
    wanted, found = (_END.search(text).group() for text in (source, target))
    if found in (".", ":", "") and wanted in (".", ":", "") and found != wanted:
        return target[: len(target) - len(found)] + wanted
    return target


def restore_style(source: str, target: str) -> str:
    for restore in (restore_code_marks, restore_quotes, restore_contractions, restore_ending):
        target = restore(source, target)
    return target
