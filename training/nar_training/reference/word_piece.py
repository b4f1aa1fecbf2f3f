"""Fixture of the WordPiece tokenizer: a small vocabulary, texts with their tokens, and pairs with their edits.

    python -m nar_training.reference.word_piece --output ../test/fixtures/word-piece

src/text/word-piece.ts must give the same ids and offsets (`texts.json`), and the edits of `pairs.json`, made here by
the alignment that the network learns from, must turn each source into its target, white space included. The sentences
are this repository's own pages; noise puts the errors in, hand-made pairs what noise does not do.
"""

import argparse
import json
import re
from itertools import accumulate
from pathlib import Path
from random import Random

from tokenizers import Encoding, Tokenizer, models, normalizers, pre_tokenizers, trainers

from ..data.align import labels_from_encodings
from ..data.align_words import align_words, split_words
from ..data.noise import NoiseMaker
from ..data.paths import DATA, REPOSITORY
from ..data.tokenizer import RESERVED
from ..data.word_pieces import wordpiece_file

SEED = 5
VOCABULARY = 2500
PAGES = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/model-format.md",
    "docs/trace-format.md",
    "docs/decisions/*.md",
    "docs/decoders/*.md",
]
AWKWARD = [
    "", " ", "\t\n", "a", "naïve café — “quoted” ‘words’…", "e\u0301te\u0301 A\u030angstro\u0308m", "日本語のtext と 漢字", "𠀋x𫠠", "🙂 👩‍👩‍👧x 🏳️‍🌈", "don't, it's; users' o’clock",
    "x" * 99 + " " + "y" * 100 + " " + "z" * 101 + " after", "🙂" * 100 + " " + "🙂" * 101, "nul\0l and \ufffd and bell\x07s", "zero\u200bwidth\ufeff and soft\u00adhyphen \u200b alone",
    "no\u00a0break thin\u2009space line\u2028two\u0085next", "snake_case camelCase $HOME #42 a@b.c", "https://example.com/a?b=c&d=%20", "3.14 1,000 10:30 50% -0.5 ±2 ≤3 × ÷ €5 £6 ¢",
    "<mask> [UNK] ##ing ## # <begin>", "שלום עולם مرحبا", "Привет, мир! Ελληνικά ñandú Straße", "tab\tand\r\nline  two   blanks ", "(a)[b]{c}<d>`e`~f^g|h\\i", "ﬁne ﬂow ½ Ⅳ ①", "\u064b\u0301 lone marks",
]  # fmt: skip
BY_HAND = [
    ("Its a state of the art tool.", "It's a state-of-the-art tool."), ("We put alot in to it.", "We put a lot into it."),
    ("The users manual isnt here", "The user's manual isn't here."), ("So the list is empty.", "The list is empty."), ("Use a well-known port (see below)", "Use a well known port, see below."),
    ("Its here, e.g a list", "It's here, e.g. a list"), ("He said yes.", 'He said "yes".'), ("Run it (twice to be safe.", "Run it (twice) to be safe."),
    ("We should of known.", "We should have known."), ("Do not use it don't ask.", "Do not use it; don't ask."), ("The value it is not set.", "The value is not set."), ("See the the log", "See the log."),
    ("The name, is optional", "The name is optional"), ("A client/server or server", "A client/server"), ("This is, of course optional.", "This is, of course, optional."), ("Read and write access", "Read/write access"),
    ("The hosts  file\tis read", "The host  file\tis read only"), ("On the other  hand it works", "On the other  hand, it works"), ("line one\nline too", "line one,\nline two"), ("you re wrong", "you're wrong"),
]  # fmt: skip


def small_vocabulary(sentences: list[str]) -> Tokenizer:
    """WordPiece of the pages' own words, all letters included so that noise can be spelled."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False, strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    letters = [chr(code) for code in range(33, 127)]
    trainer = trainers.WordPieceTrainer(
        vocab_size=VOCABULARY, show_progress=False, initial_alphabet=letters, special_tokens=["[UNK]"]
    )
    tokenizer.train_from_iterator(sentences, trainer)
    old = tokenizer.get_vocab()
    pieces = sorted(old, key=old.__getitem__)
    spelled = [*letters, *(f"##{letter}" for letter in letters if letter.isalnum()), "’", "é", "日", "##é"]
    numbered = {piece: index for index, piece in enumerate(dict.fromkeys([*pieces, *spelled]))}
    return Tokenizer.from_str(json.dumps(wordpiece_file(numbered), ensure_ascii=False))


def page_sentences() -> list[str]:
    """Plain sentences of the repository's pages: no code, no markup, no tables."""
    found = []
    for pattern in PAGES:
        for page in sorted(REPOSITORY.glob(pattern)):
            text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
            text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("*", "")
            for line in text.splitlines():
                line = re.sub(r"^(?:[-#] *|\d+\. )", "", line)
                if line and line[0].isupper() and "|" not in line:
                    found += re.findall(r"[A-Z][^.!?]{30,160}[.!?](?= |$)", line)
    return list(dict.fromkeys(found))


def first_tokens(words: list[tuple[tuple[int, ...], str]]) -> list[int]:
    return list(accumulate((len(ids) for ids, _ in words), initial=0))


def token_edits(source: str, target: str, tokenizer: Tokenizer) -> list[dict] | None:
    """Edits [start, end) -> ids by the alignment of the edit labels. None where the labels cannot say it: the target
    has an unknown word (the first id behind the reserved ones), or white space between kept words differs."""
    before, after = tokenizer.encode(source), tokenizer.encode(target)
    if labels_from_encodings(before, after, source, target) is None or RESERVED in after.ids:
        return None
    words, new_words = split_words(before, source), split_words(after, target)
    at, new_at = first_tokens(words), first_tokens(new_words)
    edits: list[dict] = []
    kept = False
    for group in align_words(words, new_words):
        start, end = at[group.source_start], at[group.source_end]
        if group.kept:
            if kept and gap(before, source, start) != gap(after, target, new_at[group.target_start]):
                return None
            kept = True
            continue
        kept = False
        ids = after.ids[new_at[group.target_start] : new_at[group.target_end]]
        if edits and edits[-1]["end"] == start:
            edits[-1]["end"], edits[-1]["ids"] = end, edits[-1]["ids"] + ids
        else:
            edits.append({"start": start, "end": end, "ids": ids})
    return edits


def gap(encoding: Encoding, text: str, token: int) -> str:
    return text[encoding.offsets[token - 1][1] : encoding.offsets[token][0]]


def pairs(sentences: list[str], tokenizer: Tokenizer, count: int, data: Path) -> list[dict]:
    maker, random = NoiseMaker(SEED, data), Random(SEED)
    shuffled = random.sample(sentences, len(sentences))
    noised = [(maker.corrupt(sentence), sentence) for sentence in [*shuffled, *shuffled]]
    found = []
    for source, target in [*BY_HAND, *noised]:
        edits = token_edits(source, target, tokenizer)
        if edits and len(found) < count:
            found.append({"source": source, "target": target, "edits": edits})
    return found


def units(text: str, offset: int) -> int:
    """UTF-16 units of the first `offset` characters."""
    return len(text[:offset].encode("utf-16-le")) // 2


def tokens(text: str, tokenizer: Tokenizer) -> dict:
    encoding = tokenizer.encode(text)
    return {
        "text": text,
        "ids": encoding.ids,
        "starts": [units(text, start) for start, _ in encoding.offsets],
        "ends": [units(text, end) for _, end in encoding.offsets],
    }


def write(path: Path, rows: list[dict]) -> None:
    path.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--pairs", type=int, default=320)
    arguments = parser.parse_args()
    sentences = page_sentences()
    tokenizer = small_vocabulary(sentences)
    arguments.output.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(arguments.output / "tokenizer.json"), pretty=False)
    made = pairs(sentences, tokenizer, arguments.pairs, arguments.data)
    mixed = Random(SEED)
    pool = "".join(AWKWARD[4:])
    random_texts = ["".join(mixed.choice(pool) for _ in range(mixed.randint(1, 40))) for _ in range(150)]
    texts = [*AWKWARD, *random_texts, *(row["source"] for row in made[:100])]
    write(arguments.output / "texts.json", [tokens(text, tokenizer) for text in texts])
    write(arguments.output / "pairs.json", made)
    print(f"{tokenizer.get_vocab_size()} entries, {len(texts)} texts, {len(made)} pairs of {len(sentences)} sentences")


if __name__ == "__main__":
    main()
