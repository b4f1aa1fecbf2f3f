"""Errors of plain sentences that corrections of documentation show too seldom to count.

`corrupt(sentence, random, tables)` puts one error of a kind drawn by weight into a clean sentence, or gives None where
no kind finds a place. A rule is a pattern over plain text and what is written in its place; a match that touches a
backtick, a slash or a digit's neighbour is left alone, so code and identifiers stay hard negatives.
"""

import re
from collections.abc import Callable
from random import Random

from ...prior.words import keep_case
from .inflection import singular_of
from .tables import Tables

Replace = Callable[[re.Match, Random, Tables], str | None]

SINGULAR_SUBJECT = r"(?:it|he|she|this|that|which|who|everyone|nobody|one|each|there)"
PLURAL_SUBJECT = r"(?:you|we|they|these|those|i)"
DETERMINER = r"(?:the|a|an|our|your|its|their|my|this|these|any|each|every|some|all)"
OBJECT = r"(?=\s+(?:the|a|an|your|its|this|these|all|any|to|that|for|in|on|with|from|by|and|it|them|how|what|no|not|one|two|several|many|more)\b)"
MODAL = r"(?:can|could|will|would|shall|should|may|might|must|do|does|did|don't|doesn't|didn't|can't|cannot|won't|shouldn't)"
MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|many|several|both|multiple|various|these|those|all|few|different|most|such|some|other)"


def swap(pairs: dict[str, str | tuple[str, ...]]) -> tuple[str, Replace]:
    """Whole words, any case: each becomes its other one."""

    def replace(match: re.Match, random: Random, tables: Tables) -> str | None:
        options = pairs[match.group().lower().replace("’", "'")]
        return keep_case(match.group(), options if isinstance(options, str) else random.choice(options))

    words = sorted(pairs, key=len, reverse=True)
    return r"(?<![\w'’])(?:" + "|".join(
        re.escape(word).replace("'", "['’]") for word in words
    ) + r")(?![\w'’])", replace


def write(template: str) -> Replace:
    return lambda match, random, tables: match.expand(template)


def verb_third(match: re.Match, random: Random, tables: Tables) -> str | None:
    verb = tables.verb_of.get(match.group(2).lower())
    return match.group(1) + verb["lemma"] if verb and match.group(2).lower() == verb["third"] else None


def verb_base(match: re.Match, random: Random, tables: Tables) -> str | None:
    verb = tables.verb_of.get(match.group(2).lower())
    return (
        match.group(1) + verb["third"] if verb and match.group(2).lower() == verb["lemma"] and verb["third"] else None
    )


def verb_other(match: re.Match, random: Random, tables: Tables) -> str | None:
    """A base form behind a modal, do or to becomes another one."""
    verb = tables.verb_of.get(match.group(2).lower())
    if not verb or match.group(2).lower() != verb["lemma"]:
        return None
    wrong = random.choice([verb["third"], verb["third"], verb["ing"], verb["past"], verb["participle"]])
    return match.group(1) + wrong if wrong and wrong != verb["lemma"] else None


def participle_other(match: re.Match, random: Random, tables: Tables) -> str | None:
    verb = tables.verb_of.get(match.group(2).lower())
    if not verb or match.group(2).lower() != verb["participle"] or verb["participle"] == verb["lemma"]:
        return None
    wrong = random.choice([verb["lemma"], verb["lemma"], verb["past"], verb["ing"]])
    return match.group(1) + wrong if wrong and wrong != verb["participle"] else None


def past_perfect(match: re.Match, random: Random, tables: Tables) -> str | None:
    """ "has written" becomes "has wrote"."""
    verb = tables.verb_of.get(match.group(2).lower())
    if not verb or match.group(2).lower() != verb["participle"] or verb["past"] in (None, verb["participle"]):
        return None
    return match.group(1) + verb["past"]


def gerund_base(match: re.Match, random: Random, tables: Tables) -> str | None:
    verb = tables.verb_of.get(match.group(2).lower())
    return (
        match.group(1) + random.choice([verb["lemma"], verb["lemma"], verb["past"]])
        if verb and match.group(2).lower() == verb["ing"] and verb["past"]
        else None
    )


def noun_single(match: re.Match, random: Random, tables: Tables) -> str | None:
    single = singular_of(match.group(2).lower(), tables.known)
    return match.group(1) + keep_case(match.group(2), single) if single else None


def noun_plural(match: re.Match, random: Random, tables: Tables) -> str | None:
    word = match.group(2)
    plural = word + "s"
    return match.group(1) + plural if plural.lower() in tables.known and not word.lower().endswith("s") else None


def bare_apostrophe(match: re.Match, random: Random, tables: Tables) -> str | None:
    return match.group().replace("'", "").replace("’", "")


def adverb(match: re.Match, random: Random, tables: Tables) -> str | None:
    word = match.group(1)
    return next(
        (stem for stem in (word[:-2], word[:-1] + "e", word[:-4]) if len(stem) > 3 and stem.lower() in tables.known),
        None,
    )


def doubled(match: re.Match, random: Random, tables: Tables) -> str | None:
    return f"{match.group()} {match.group().lower()}"


def two_determiners(match: re.Match, random: Random, tables: Tables) -> str | None:
    other = random.choice(
        [word for word in ("the", "a", "our", "your", "this", "its") if word != match.group(1).lower()]
    )
    return (
        f"{match.group(1)} {other} "
        if random.random() < 0.5
        else f"{keep_case(match.group(1), other)} {match.group(1).lower()} "
    )


def neighbour_word(match: re.Match, random: Random, tables: Tables) -> str | None:
    """A second small word of the same class beside the first: "in on", "is are", "can will"."""
    word = match.group().lower()
    for group in (
        ("in", "on", "at", "for", "to", "of", "with", "from", "by"),
        ("is", "are", "be", "was", "has"),
        ("can", "will", "must", "should"),
    ):
        if word in group:
            return f"{match.group()} {random.choice([other for other in group if other != word])}"
    return None


def without(match: re.Match, random: Random, tables: Tables) -> str | None:
    return " "


PREPOSITIONS = {
    "in": ("on", "at", "into"),
    "on": ("in", "at", "of"),
    "at": ("in", "on", "to"),
    "of": ("for", "from", "to"),
    "for": ("to", "of", "from"),
    "to": ("for", "at", "with"),
    "from": ("of", "by"),
    "with": ("to", "by", "for"),
    "by": ("from", "with"),
}


def preposition_behind(match: re.Match, random: Random, tables: Tables) -> str | None:
    return match.group(1) + random.choice(PREPOSITIONS[match.group(2).lower()])


# kind: (weight, pattern, what is written instead)
RULES: list[tuple[str, float, str, Replace]] = [
    ("be", 5, *swap({"is": "are", "are": "is", "was": "were", "were": "was", "isn't": "aren't", "aren't": "isn't"})),
    ("have", 3, r"(?<!to )(?<!will )(?<!can )(?<!must )(?<!should )(?<!may )(?<!could )(?<!would )(?<!might )(?<!not )\b(?:have|has)\b",
     lambda match, random, tables: keep_case(match.group(), {"have": "has", "has": "have"}[match.group().lower()])),
    ("do", 3, *swap({"doesn't": "don't", "don't": "doesn't", "does": "do", "do not": "does not", "does not": "do not"})),
    ("third", 5, rf"\b((?:{SINGULAR_SUBJECT}|[a-z]{{3,}}[^s\W])\s+)([a-z]{{3,}}s)\b{OBJECT}", verb_third),
    ("third", 3, rf"\b({PLURAL_SUBJECT}\s+)([a-z]{{3,}})\b", verb_base),
    ("third", 2, rf"\b((?:[a-z]{{3,}}s)\s+)([a-z]{{3,}})\b{OBJECT}", verb_base),
    ("modal", 4, rf"\b({MODAL}\s+(?:not\s+)?)([a-z]{{3,}})\b", verb_other),
    ("modal", 3, r"\b(to\s+)([a-z]{3,})\b", verb_other),
    ("participle", 4, r"\b((?:is|are|was|were|be|been|has been|have been|being)\s+)([a-z]{3,})\b", participle_other),
    ("participle", 2, r"\b((?:has|have|had|'ve|’ve)\s+)([a-z]{3,})\b", past_perfect),
    ("participle", 2, r"\b((?:by|without|before|after|while|when|for|of|avoid|start|keep)\s+)([a-z]{4,}ing)\b", gerund_base),
    ("number", 4, rf"\b({NUMBER}\s+(?:of\s+(?:the|these|our|your)\s+)?)([a-z]{{3,}}s)\b", noun_single),
    ("number", 2, rf"\b({NUMBER}\s+[a-z]+\s+)([a-z]{{3,}}s)\b", noun_single),
    ("number", 3, r"\b((?:one|each|some|any|many|most)\s+of\s+(?:the|these|those|your|our|its)\s+(?:[a-z]+\s+)?)([a-z]{3,}s)\b", noun_single),
    ("number", 3, r"\b((?:each|every|this|that|another|a|an|one)\s+)([a-z]{3,})\b(?!\s+[a-z]+(?:er|or|ion|ment|name|file|list|type|set)\b)", noun_plural),
    ("this", 3, *swap({"this": "these", "these": "this", "that": "those", "those": "that"})),
    ("confused", 6, *swap({
        "its": "it's", "it's": "its", "your": "you're", "you're": "your", "their": ("there", "they're"), "there": "their", "they're": "their",
        "too": "to", "than": "then", "then": "than", "whether": "weather", "lose": "loose", "affect": "effect", "effect": "affect",
        "accept": "except", "except": "accept", "whose": "who's", "where": "were", "quite": "quiet", "here": "hear", "passed": "past",
        "off": "of", "from": "form", "form": "from", "know": "now", "advice": "advise", "through": "trough", "though": "through",
        "see": "sea", "must": "most", "right": "write", "write": "right", "by": "buy", "would": "wood", "which": "witch", "wait": "weight",
        "chose": "choose", "choose": "chose", "led": "lead", "let's": "lets", "another": "an other", "maybe": "may be", "sites": "sights",
        "new": "knew", "no": "know", "two": "to", "are": "our", "our": "are", "at": "a", "for": ("fro", "fot"), "want": "wont", "it": "its", "is": "it"})),
    ("too", 3, r"\btoo(?=\s+[a-z]+)", write("to")),
    ("to", 2, r"\bto(?=\s+[a-z]+)", write("too")),
    ("missing", 6, r"(?<=[a-z])\s(?:to|of|it|is|are|be|a|an|the|for|in|on|with|at|as|by|been|have|has|not|and|or|you|that)\s(?=[a-z`])", without),
    ("missing-to", 3, r"\b(going|want|wants|need|needs|have|has|able|used|try|how|order|way|allow\w* (?:you|us|users|them))\s+to\s+(?=[a-z])", write(r"\1 ")),
    ("missing-of", 2, r"\b(out|one|some|most|all|because|instead|couple|lot|number|part|set|list|kind|copy)\s+of\s+(?=[a-z])", write(r"\1 ")),
    ("determiners", 3, r"\b(the|our|your|its|a|an|this)\s+(?=[a-z])", two_determiners),
    ("doubled", 2, r"\b(?:the|a|to|is|of|in|and|that|for|be|it|on|are|with|you|not)\b", doubled),
    ("neighbours", 2, r"\b(?:in|on|at|for|to|of|with|from|by|is|are|be|was|has|can|will|must|should)\b", neighbour_word),
    ("allow", 2, r"\b(allow|allows|enable|enables|let|lets|help|helps)\s+(?:you|us|users|them|developers|people)\s+to\b", write(r"\1 to")),
    ("lets-to", 1, r"\b(lets|let|make|makes)\s+(you|us|it|them|users)\s+(?=[a-z])", write(r"\1 \2 to ")),
    ("month", 2, rf"\bin (?={MONTHS}\b)", write("on ")),
    ("month", 1, r"\bon (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)", write("in ")),
    ("should-of", 2, r"\b(should|could|would|must|might)(?: have|['’]ve)\b", write(r"\1 of")),
    ("preposition", 4, r"\b((?:depend\w*|based|rel(?:y|ies)|consist\w*|interested|refer\w*|responsible|according|different|similar|belong\w*|"
                       r"connect\w*|depending|instead|focus\w*|part|example|used|look\w*|listen\w*|work\w*|run\w*|add\w*|wait\w*|due)\s+)"
                       r"(in|on|at|of|for|to|from|with|by)\b", preposition_behind),
    ("comparative", 2, r"\b((?:eas|fast|slow|small|larg|bigg|simpl|quick|clean|saf|cheap|short|long|high|low|new|old)i?er)\b", write(r"more \1")),
    ("comparative", 1, *swap({"better": ("more better", "more good"), "worse": ("worst", "more worse"), "worst": "worse", "easier": ("more easy", "more easier"),
                              "easiest": "most easiest", "faster": "more fast", "best": "most best", "less": "lesser", "fewer": "less"})),
    ("adverb", 2, r"\b([a-z]{4,}ly)\b", adverb),
    ("apostrophe", 5, r"\b(?:[A-Za-z]+n['’]t|(?:[Tt]hat|[Ii]t|[Ww]hat|[Hh]ere|[Tt]here|[Ll]et|[Ww]ho|[Hh]e|[Ss]he)['’]s|(?:[Yy]ou|[Tt]hey)['’]re|(?:I|[Yy]ou|[Ww]e|[Tt]hey)['’]ve|I['’]m)\b", bare_apostrophe),
    ("possessive", 2, r"\b([a-z]{3,})['’]s(?=\s+[a-z])", write(r"\1s")),
    ("possessive", 1, r"\b([a-z]{3,}[a-rt-z])s(?=[.,]?\s)", write(r"\1's")),
    ("article-sound", 3, r"\b[Aa]n(?=\s+[aeiouh])", lambda match, random, tables: match.group()[0]),
    ("article-sound", 3, r"\b[Aa](?=\s+[b-df-gi-np-tv-z])", lambda match, random, tables: match.group() + "n"),
    ("article", 4, r"(?<=[a-z,])\s(?:the|a|an)\s(?=[a-z])", without),
    ("article", 2, r"\b(in|of|for|with|by|on|to|from)\s+(?=[a-z]{4,}\b(?!\s+(?:the|a|an|your)))", write(r"\1 the ")),
    ("setup", 2, *swap({"set up": "setup", "log in": "login", "back up": "backup", "check out": "checkout", "sign up": "signup", "at least": "a least",
                        "a lot": "alot", "in to": "into", "into": "in to", "every time": "everytime", "cannot": "can not", "each other": "eachother",
                        "even though": "eventhough", "in fact": "infact", "as well": "aswell", "of course": "ofcourse", "at all": "atall"})),
    ("am-agree", 1, r"\b(I|we|you|they) (agree|want|think|need|use|know|depend|prefer|like)\b",
     lambda match, random, tables: f"{match.group(1)} {'am' if match.group(1) == 'I' else 'are'} {match.group(2)}"),
    ("subject", 1, r"(?<=[.,] )(?:it|It|this|This) (?=is|has|can|will|works)", lambda match, random, tables: ""),
    ("relative", 1, *swap({"who": "which", "which": "who", "themselves": "themself", "those who": "those which"})),
    ("quantity", 1, *swap({"many": "much", "much": "many", "few": "little", "number of": "amount of"})),
]  # fmt: skip
COMPILED = [
    (kind, weight, re.compile(pattern, re.IGNORECASE if kind not in ("month", "apostrophe") else 0), replace)
    for kind, weight, pattern, replace in RULES
]
CODE = re.compile(r"`[^`]*`|\S*[/_<>{}=\\@#$|]\S*|\S*\d\S*")


def corrupt(sentence: str, random: Random, tables: Tables) -> tuple[str, str] | None:
    """(wrong sentence, kind), or None. The rules that find a place are tried in an order drawn by their weights."""
    taken = [match.span() for match in CODE.finditer(sentence)]
    found = []
    for kind, weight, pattern, replace in COMPILED:
        places = [
            match
            for match in pattern.finditer(sentence)
            if not any(start < match.end() + 1 and match.start() - 1 < end for start, end in taken)
        ]
        if places:
            # Efraimidis and Spirakis 2006: keys u^(1/w) put items in the order of draws without replacement.
            found.append((random.random() ** (1 / weight), kind, replace, places))
    for _, kind, replace, places in sorted(found, key=lambda item: -item[0]):
        random.shuffle(places)
        for match in places[:3]:
            written = replace(match, random, tables)
            if written is None:
                continue
            wrong = sentence[: match.start()] + written + sentence[match.end() :]
            if wrong != sentence:
                return wrong, kind
    return None
