"""A pool of slips that are easy to name and were still missed after the polish: a / an, a doubled word,
a name in small letters.

    python -m nar_training.data.slips --output training/runs/pools/slips.npz

Other noise has them in their natural shares (a few hundred of each in a short run). The lexical prior marks the wrong
articles and names; the model has to see many to trust those marks.
"""

import argparse
import random
import re
from functools import partial
from itertools import islice
from pathlib import Path

from ..prior.lexicon import Lexicon
from .paths import DATA, LEXICON, WORK
from .pools import Example, save_pool
from .prepare import load_evaluation_keys
from .prepare_edits import Builder
from .tokenizer import load_tokenizer

ARTICLE = re.compile(r"(?<![\w'-])(a|an|A|An)(?= [A-Za-z])")
PLAIN = re.compile(r"(?<![\w`'-])[A-Za-z]{2,}(?![\w`'-])")
OTHER = {"a": "an", "an": "a", "A": "An", "An": "A"}


def swapped_article(sentence: str, generator: random.Random) -> str | None:
    """One article for its other form. "a" is four times as frequent, so half of its chances pass."""
    places = list(ARTICLE.finditer(sentence))
    if not places:
        return None
    place = generator.choice(places)
    if place.group() in ("a", "A") and generator.random() < 0.45:
        return None
    return sentence[: place.start()] + OTHER[place.group()] + sentence[place.end() :]


def doubled_word(sentence: str, generator: random.Random) -> str | None:
    """A word twice; short words, which people double, are preferred."""
    places = list(PLAIN.finditer(sentence))
    short = [place for place in places if len(place.group()) <= 4]
    if not places:
        return None
    place = generator.choice(short if short and generator.random() < 0.7 else places)
    return f"{sentence[: place.end()]} {place.group().lower()}{sentence[place.end() :]}"


def lowered_name(names: dict[str, str], sentence: str, generator: random.Random) -> str | None:
    """A name of the lexical prior in small letters."""
    places = [place for place in PLAIN.finditer(sentence) if names.get(place.group().lower()) == place.group()]
    if not places:
        return None
    place = generator.choice(places)
    return sentence[: place.start()] + place.group().lower() + sentence[place.end() :]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--output", type=Path, default=WORK / "pools" / "slips.npz")
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--doubled", type=int, default=4500)
    parser.add_argument("--names", type=int, default=3000)
    parser.add_argument("--skip", type=int, default=60000, help="prose sentences that the noise pools have used")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    lexicon = Lexicon.load(LEXICON)
    builder = Builder(
        load_tokenizer(arguments.work / "tokenizer.json"), lexicon, load_evaluation_keys(arguments.data), arguments.seed
    )
    name = partial(lowered_name, lexicon.names)
    left = {swapped_article: arguments.articles, doubled_word: arguments.doubled, name: arguments.names}
    examples: list[Example] = []
    with (arguments.work / "sentences.txt").open(encoding="utf-8") as lines:
        for line in islice(lines, arguments.skip, None):
            sentence = line.rstrip("\n")
            slip = generator.choices(list(left), weights=(6, 1, 3))[0]
            if len(sentence) > 220 or not left[slip]:
                continue
            spoilt = slip(sentence, generator)
            example = builder.example(spoilt, sentence) if spoilt else None
            if example:
                examples.append(example)
                left[slip] -= 1
            if not any(left.values()):
                break
    generator.shuffle(examples)
    save_pool(arguments.output, examples)
    print(f"{len(examples)} examples, not found: {sum(left.values())}")


if __name__ == "__main__":
    main()
