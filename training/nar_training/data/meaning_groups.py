"""Groups of words with one meaning, and whether two texts agree in them: modals, quantities, conditions and
connections."""

import re

_CODE = re.compile(r"`[^`]+`")

# A group: what names it plainly, and what may stand for it in other words.
Group = tuple[str, str]
MODALS: tuple[Group, ...] = (
    (
        r"can|could|cannot",
        r"can['’]t|couldn['’]t|able|unable|possible|possibility|capab\w+|lets?|allow\w*|enabl\w+|permit\w*|\w{3,}[ai]ble|"
        r"supports?|ability|opportunity|option\w*|ways?",
    ),
    (r"may|might", r"possibl[ey]|perhaps|potential\w*|could|optional\w*|sometimes"),
    (
        r"must|required|need to|needs to|have to|has to|needed|necessary",
        r"mustn['’]t|requires?|needs?|essential|mandatory|requirement\w*|had to",
    ),
    (
        r"should|recommended|recommends?|ought",
        r"shouldn['’]t|advis\w+|suggest\w*|best|good|important|recommendations?|supposed",
    ),
    (r"would|wouldn['’]t", r"could|might|wish\w*|want\w*|like|['’]d|if"),
)
# Said of what is: a rewriting may drop it ("will use" -> "uses"), not bring it in.
FUTURE = r"will|won['’]t|shall|going to|['’]ll"
QUANTITIES: tuple[Group, ...] = (
    (
        r"all|every|each|everything|everyone|entire|whole",
        r"both|full\w*|any|complete\w*|throughout|always|per|always|same|respective\w*",
    ),
    (r"only|solely|sole|exclusively|merely", r"just|alone|single|unique|unless|limited|until|except|single|exact\w*"),
    (r"some|certain", r"any|few|several|partial\w*|of the|part|sometimes|specific|particular|a"),
    (
        r"many|several|numerous|various|multiple",
        r"number of|variety|range|different|more than one|lots?|few|some|series|diverse|much",
    ),
    (r"most|mostly|majority|mainly|primarily", r"largely|primar\w+|main|chief\w*|usually|generally|best|almost"),
    (r"at least|minimum|or more|or later|or higher", r"minimal|more|least|later|higher|newer"),
    (r"at most|up to|maximum|no more than|or less|or fewer", r"max\w*|most|limit\w*|less|fewer"),
    (
        r"often|usually|typically|generally|normally|commonly|frequently|mostly",
        r"usual\w*|typical|general|common|normal\w*|most|mainly|frequent",
    ),
    (r"sometimes|occasionally|rarely|seldom", r"can|may|might|times|cases|some|rare"),
    (r"always|never", r"all|any|every|whenever|not|n['’]t|no|constantly"),
    (
        r"about|approximately|roughly|almost|nearly|around(?= \d)",
        r"close|around|near|approximate|on|of|more|regarding|for|in",
    ),
    (r"both|either|neither", r"two|or|and|nor|any"),
    (
        r"(?<!or )(?<!no )(?:more|less|fewer)(?! than)|better|worse|larger|smaller|faster|slower|higher|lower",
        r"\w{2,}er|increas\w+|reduc\w+|improv\w+|additional|further|extra|other|above|below|decreas\w+",
    ),
    (
        r"again|still|already|yet",
        r"re\w{3,}|remain\w*|contin\w+|previous\w*|existing|now|once more|currently|no longer|before|has been",
    ),
    (r"such(?! as)", r"th(?:is|ese|ose|at)|similar|like|so"),
    (
        r"another|other|others|else",
        r"additional|more|further|different|second|remaining|rest|extra|non-?\w+|elsewhere|besides|alternative\w*",
    ),
    (
        r"next|previous|last|latest|first|following|preceding",
        r"then|before|after\w*|earlier|prior|recent|below|above|as follows|initial\w*|future|past|these|follow",
    ),
    (r"any", r"all|every|each|some|a|an|no|whatever|ever|either"),
)
CONDITIONS: tuple[Group, ...] = (
    (
        r"(?<!check )(?<!see )(?<!ask )(?<!tell )(?<!know )if|when|whenever|in case|in the event|"
        r"provided that|as long as|as soon as|where (?:none|no|there)",
        r"once|upon|on|during|while|after|unless|where|should|for|with|without|until|at|in|given|assuming|by|"
        r"condition\w*|whose|who|that|as",
    ),
    (
        r"whether",
        r"regardless|either|no matter|(?:see|check|determin\w+|know|decid\w+|test|verify|specif\w+|indicat\w+|ask|tell) if",
    ),
    (r"substitut\w+", r"in place of|instead of"),  # "A is substituted for B" is not "A is replaced with B"
    (r"unless|except|other than|apart from|besides", r"only|if|except\w*|but|excluding|without|until|other|not"),
    (r"until|till", r"before|up to|to|through|only|not"),
    (r"before|prior to|preced\w+|beforehand", r"previous\w*|until|pre\w+|first|earlier|ahead|in advance|then|prior"),
    (
        r"after|once|afterwards?|following|subsequent\w*",
        r"when|upon|then|after|next|later|follow\w*|finish\w*|if|as soon as|one time|since|on",
    ),
    (
        r"although|though|however|but|despite|even if|even though|nevertheless|whereas|yet|in spite",
        r"while|still|instead|not|only|except|without|rather|and",
    ),
    (r"while|during|at the same time", r"when|as|in|but|whereas|although|simultaneous\w*|meanwhile|throughout|and"),
    (
        r"because|due to|since|therefore|thus|hence|so that|as a result|consequently",
        r"as|so|for|cause\w*|to|result\w*|reason\w*|this|means?|thanks|owing|and|by|which|that|after|given",
    ),
    (r"instead|rather than|rather", r"not|replac\w+|without|over|in place|substitut\w+|n['’]t|prefer\w*"),
    (
        r"also|as well|too|in addition|additionally|furthermore|moreover",
        r"and|including|addition\w*|both|another|other|besides|further|again|even|plus|not only|well",
    ),
    (r"such as|for example|for instance|e\.g\.|like|including", r"example\w*|as|includ\w+|similar\w*|eg|instance|same"),
    (r"otherwise", r"or|else|if not|unless|in other cases"),
    (r"or", r"and|either|any|nor|otherwise|both|if|not|whether|/|else|alternativ\w*|one"),
)


def count(pattern: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.I))


def matches(pattern: str, text: str) -> bool:
    return count(pattern, text) > 0


def groups_agree(groups: tuple[Group, ...], source: str, target: str) -> bool:
    """What one side names plainly and more often than the other, the other has more of in other words: so a common word
    such as "and" speaks for a lost "but" only where it came in."""
    source, target = (_CODE.sub(" x ", text) for text in (source, target))
    for plain, loose in groups:
        gained = count(loose, target) - count(loose, source)
        plainly = count(plain, target) - count(plain, source)
        if plainly < 0 and gained < -plainly or plainly > 0 and -gained < plainly:
            return False
    return True
