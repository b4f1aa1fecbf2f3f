"""Pools of labelled examples for the edit and polish stages (pools.py).

    python -m nar_training.data.prepare_edits --noise 60000

Sources are marked exactly as at inference (features.py). Pairs that edit a protected span are dropped: the host cannot
make such an edit. Sentences of any dev or test set are dropped by their key (prepare.py).
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from tokenizers import Tokenizer

from ..objectives.salience import oracle_sentence
from ..prior.features import PROTECTED_SPAN, segments_of
from ..prior.lexicon import Lexicon
from ..prior.near_words import Prior
from .align import labels_from_encodings
from .compressions import compressions
from .guard import read_jsonl, read_lines, run
from .noise import NoiseMaker
from .paths import DATA, LEXICON, WORK
from .pools import Example, save_pool
from .prepare import key_of, load_evaluation_keys, split_sentences
from .tokenizer import load_tokenizer
from .word_pieces import UNKNOWN

LONGEST = 96  # source tokens of a correction or rephrase example
UNMARKED_SHARE = 0.15  # examples without protected marks: plain text in which the host finds none
LISTS_ONLY_SHARE = 0.25
WORD = re.compile(r"[A-Za-z']+")


class Builder:
    def __init__(self, tokenizer: Tokenizer, lexicon: Lexicon, keys: set[str], seed: int):
        self.tokenizer, self.keys, self.random = tokenizer, keys, random.Random(seed)
        self.pieces = tokenizer.token_to_id(UNKNOWN) is not None  # only word pieces have a token for what they lack
        self.priors = Prior(lexicon), Prior(lexicon, near=False)

    def example(self, before: str, after: str, lexicon: bool = True, longest: int = LONGEST) -> Example | None:
        """A labelled pair, or None where it is too long, evaluation data or edits what may not be edited."""
        if key_of(before) in self.keys or key_of(after) in self.keys:
            return None
        source, target = self.tokenizer.encode(before), self.tokenizer.encode(after)
        if not 0 < len(source.ids) <= longest or not 0 < len(target.ids) <= longest + 8:
            return None
        labels = labels_from_encodings(source, target, before, after, self.pieces)
        if labels is None:
            return None
        # A host without near words must not meet a stranger: a quarter of the examples has only the lists' marks.
        prior = self.priors[self.random.random() < LISTS_ONLY_SHARE]
        segments = segments_of(before, source, prior if lexicon else None)
        if any(o and s == PROTECTED_SPAN for o, s in zip(labels.operations, segments, strict=True)):
            return None
        if self.random.random() < UNMARKED_SHARE:
            segments = [0 if segment == PROTECTED_SPAN else segment for segment in segments]
        return Example.labelled(labels, segments)

    def pairs(self, pairs: Iterable[tuple[str, str]], lexicon: bool = True) -> list[Example]:
        return [example for before, after in pairs if (example := self.example(before, after, lexicon)) is not None]

    def generation(self, source: str, target: str, longest: int, oracle: int = 0) -> Example | None:
        """A pair without edit labels: summaries."""
        encoded, wanted = self.tokenizer.encode(source), self.tokenizer.encode(target)
        if key_of(source) in self.keys or key_of(target) in self.keys or not 2 < len(wanted.ids) <= 48:
            return None
        segments = segments_of(source, encoded, None)
        return Example(encoded.ids[:longest], segments[:longest], [], [], [], [], wanted.ids, oracle)


def real_pairs(data: Path, name: str, strength: str | None = None) -> Iterable[tuple[str, str]]:
    for record in read_jsonl(data / "edits" / f"{name}.train.jsonl.zst"):
        if strength is None or record.get("strength") == strength:
            yield record["before"], record["after"]


def public_pairs(data: Path, name: str) -> Iterable[tuple[str, str]]:
    for record in read_jsonl(data / "public" / name / "train.jsonl.zst"):
        for target in record["targets"][:1]:
            yield record["source"], target


def grammar_pairs(data: Path) -> list[tuple[str, str]]:
    return [*real_pairs(data, "grammar", "error"), *public_pairs(data, "harper_pairs"), *public_pairs(data, "eracond")]


def is_shorter(before: str, after: str) -> bool:
    return len(after) <= 0.85 * len(before)


def is_plainer(before: str, after: str) -> bool:
    """Shorter words on average, and not more of them: the measurable half of plain language."""
    left, right = WORD.findall(before), WORD.findall(after)
    if not left or not right or len(right) > len(left) + 2:
        return False
    return sum(map(len, right)) / len(right) <= sum(map(len, left)) / len(left) - 0.15


def summaries(data: Path, cap: int) -> Iterable[dict]:
    """Descriptions with at most `cap` of one repository (one manual is half of all)."""
    seen: Counter[str] = Counter()
    for record in read_jsonl(data / "descriptions" / "train.jsonl.zst"):
        seen[record["repo"]] += 1
        if seen[record["repo"]] <= cap:
            yield record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--pools", type=Path, help="folder to write to (default: pools in the work folder)")
    parser.add_argument("--only", nargs="*", help="write only these pools, besides the noise")
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--noise", type=int, default=60000, help="noised sentences (0: leave that pool alone)")
    parser.add_argument("--skip", type=int, default=0, help="prose sentences to skip before the noised ones")
    parser.add_argument("--noise-name", default="noise")
    parser.add_argument("--only-noise", action="store_true")
    parser.add_argument(
        "--backward", action="store_true", help="only people's grammar corrections, from right to wrong (backward.py)"
    )
    parser.add_argument("--summary-cap", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    data, pools = arguments.data, arguments.pools or arguments.work / "pools"
    builder = Builder(
        load_tokenizer(arguments.work / "tokenizer.json"),
        Lexicon.load(arguments.lexicon),
        load_evaluation_keys(data),
        arguments.seed,
    )

    def store(name: str, examples: list[Example]) -> None:
        if arguments.only is not None and name not in arguments.only and name != arguments.noise_name:
            return
        random.Random(arguments.seed).shuffle(examples)
        save_pool(pools / f"{name}.npz", examples)
        print(f"{name}: {len(examples)}", flush=True)

    if arguments.backward:
        store("grammar", builder.pairs(((after, before) for before, after in grammar_pairs(data)), lexicon=False))
        return
    if arguments.noise:
        maker = NoiseMaker(arguments.seed + arguments.skip, data)
        clean = list(
            islice(read_lines(arguments.work / "sentences.txt"), arguments.skip, arguments.skip + arguments.noise)
        )
        store(arguments.noise_name, builder.pairs((maker.corrupt(text), text) for text in clean))
    if not arguments.only_noise:
        store("typo", builder.pairs(real_pairs(data, "typo")))
        store("grammar", builder.pairs(grammar_pairs(data)))
        after = [pair[1] for name in ("typo", "grammar") for pair in real_pairs(data, name)]
        builder.random.shuffle(after)
        store("clean", builder.pairs((text, text) for text in after[:25000]))
        if arguments.only is not None and not set(arguments.only) & {
            "rephrase",
            "shorten",
            "simplify",
            "summarize",
            "salience",
        }:
            return
        rewrites = [*real_pairs(data, "rewrite"), *real_pairs(data, "rewrite_light")]
        store("rephrase", builder.pairs(rewrites, lexicon=False))
        shortened = [
            *(pair for pair in rewrites if is_shorter(*pair)),
            *compressions(data, summaries(data, arguments.summary_cap)),
        ]
        store("shorten", builder.pairs(shortened, lexicon=False))
        store("simplify", builder.pairs((pair for pair in rewrites if is_plainer(*pair)), lexicon=False))
        summary, salience = [], []
        for record in summaries(data, arguments.summary_cap):
            example = builder.generation(record["source"], record["summary"], 160)
            sentences = [s for s in split_sentences(record["source"]) if 4 <= len(s.split()) <= 50][:10]
            if example is None or len(sentences) < 3:
                continue
            summary.append(example)
            best = oracle_sentence(sentences, record["summary"])
            others = builder.random.sample([i for i in range(len(sentences)) if i != best], 2)
            for index in (best, *others):
                encoded = builder.tokenizer.encode(sentences[index])
                salience.append(
                    Example(
                        encoded.ids,
                        segments_of(sentences[index], encoded, None),
                        [],
                        [],
                        [],
                        [],
                        [],
                        int(index == best),
                    )
                )
        store("summarize", summary)
        store("salience", salience)


if __name__ == "__main__":
    run(main)
