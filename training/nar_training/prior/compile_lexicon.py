"""Compile models/lexicon from the word lists and the training prose.

    python -m nar_training.prior.compile_lexicon [--data FOLDER] [--output models/lexicon]

Corpus-frequency guard: a word that documentation uses 20 times or more is no misspelling, whatever a list says (aks,
kapacitor, inout). Further guards: no accepted English word of any dialect, no product name or acronym, no identifier
that is common in inline code, and short words only where the lists agree.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..data.guard import read_jsonl, read_lines, run
from ..data.paths import DATA, LEXICON
from .dialects import dialect_spellings
from .names import count_cases, settled_names
from .near_words import LEAST_COUNT as NEIGHBOUR_COUNT
from .near_words import PLAIN, one_slip_away
from .phrases import plainer_phrases

LISTS = ("codespell", "typos", "misspell", "wikipedia_misspellings")
FREQUENT = 20
LEAST_COUNT = 3
MOST_CANDIDATES = 4
_CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)")
_PART_OF_IDENTIFIER = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_EDGE = re.compile(r"^[^A-Za-zÀ-ɏ]+|[^A-Za-zÀ-ɏ]+$")
_WORD = re.compile(r"^[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*$")
_WRONG = re.compile(r"^[a-z]+(?:'[a-z]+)*$")


@dataclass
class Corpus:
    counts: dict[str, int]  # lower-cased word -> occurrences in prose
    forms: dict[str, str]  # lower-cased word -> the case it is seen in most often
    in_code: dict[str, int]  # lower-cased part of an identifier -> occurrences in inline code

    def of(self, phrase: str) -> float:
        """How common a correction is; one of several words is as rare as its rarest word, and rarer as a whole."""
        parts = re.split(r"[ -]", phrase)
        return min(self.counts.get(part, 0) for part in parts) / (1 if len(parts) == 1 else 50)


def count_corpus(lines: Iterable[str]) -> Corpus:
    chunks: Counter = Counter()
    code: Counter = Counter()
    for line in lines:
        if "`" in line:
            code.update(match[1] for match in _CODE.findall(line))
            line = _CODE.sub("`", line)
        chunks.update(line.split())
    by_form: dict[str, Counter] = defaultdict(Counter)
    for chunk, count in chunks.items():
        for piece in chunk.split("-"):
            word = _EDGE.sub("", piece)
            if _WORD.match(word):
                by_form[word.lower().replace("’", "'")][word.replace("’", "'")] += count
    in_code: Counter = Counter()
    for span, count in code.items():
        for part in {part.lower() for part in _PART_OF_IDENTIFIER.findall(span)}:
            in_code[part] += count
    counts = {word: sum(forms.values()) for word, forms in by_form.items()}
    best = {word: max(sorted(forms), key=forms.__getitem__) for word, forms in by_form.items()}
    return Corpus(counts, best, dict(in_code))


def accepted_words(data: Path) -> set[str]:
    """Words that some dialect accepts: British list, US/UK/Canadian/Australian variants."""
    accepted = {record["word"].lower() for record in read_jsonl(data / "lexicons" / "wordlist_en_gb.jsonl.zst")}
    for record in read_jsonl(data / "lexicons" / "varcon.jsonl.zst"):
        accepted.update(variant.lower() for variant in record["variants"].values())
    return accepted


def english_in_small_letters(data: Path) -> set[str]:
    """Words that the British list or a dialect has without a capital: "go", "swift", but not "linux"."""
    words = {record["word"] for record in read_jsonl(data / "lexicons" / "wordlist_en_gb.jsonl.zst")}
    for record in read_jsonl(data / "lexicons" / "varcon.jsonl.zst"):
        words.update(record["variants"].values())
    return {word for word in words if word.islower()}


def wordnet_words(data: Path) -> set[str]:
    """Rare words and names; WordNet also lists misspellings as variants (negociate)."""
    return {
        member.lower() for record in read_jsonl(data / "lexicons" / "wordnet.jsonl.zst") for member in record["members"]
    }


def read_lists(data: Path) -> dict[str, dict[str, list[str]]]:
    """wrong -> list name -> its corrections, lower case."""
    entries: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for name in LISTS:
        for record in read_jsonl(data / "lexicons" / f"{name}.jsonl.zst"):
            entries[record["source"].lower()].setdefault(name, [target.lower() for target in record["targets"]])
    return entries


def contractions(corpus: Corpus) -> dict[str, dict[str, list[str]]]:
    """dont -> don't: the lists leave these out; the prose has them. "wont",
    "cant" and "were" are words and stay out.
    """
    return {
        word.replace("'", ""): {"prose": [word]}
        for word, count in corpus.counts.items()
        if count >= FREQUENT and word.endswith(("n't", "'re", "'ve", "'ll"))
    }


def why_not(
    wrong: str, lists: dict[str, list[str]], corpus: Corpus, accepted: set[str], wordnet: set[str] = frozenset()
) -> str | None:
    """The guard that stops an entry, or None."""
    votes = Counter(target for targets in lists.values() for target in targets[:1])
    agreed = max(votes.values())
    count, form = corpus.counts.get(wrong, 0), corpus.forms.get(wrong, wrong)
    if not _WRONG.match(wrong):
        return "not one word"
    # Dictionaries list misspellings as variants, too (payed): three lists that agree outvote them.
    if agreed < 3 and (wrong in accepted or wrong in wordnet):
        return "accepted word"
    if count >= FREQUENT:
        return "frequent in prose"
    if corpus.in_code.get(wrong, 0) >= FREQUENT and "prose" not in lists:
        return "frequent in code"
    if count >= LEAST_COUNT and not form[1:].islower():
        return "name or acronym"
    if count >= 8 and not form.islower():
        return "name or acronym"
    # Short words are acronyms and names: the lists must agree on the correction.
    if len(wrong) <= 3:
        # Two lists are enough for swapped letters of a common word (hte, nwe).
        swapped = (
            agreed >= 2
            and len(votes) == 1
            and count < 5
            and sorted(wrong) == sorted(*votes)
            and corpus.of(*votes) >= 1000
        )
        if not (agreed >= 3 or swapped) or not form.islower():
            return "too short"
    if len(wrong) == 4 and ((agreed < 2 and "prose" not in lists) or (agreed < 3 and not form.islower())):
        return "too short"
    if len(wrong) == 5 and agreed < 2 and (count or corpus.in_code.get(wrong, 0)):
        return "too short"
    return None


def candidates_of(lists: dict[str, list[str]], corpus: Corpus, accepted: set[str], wrong: str) -> list[str]:
    """Corrections that are words, the one that most lists name first, then by frequency in the prose. What half of the
    lists or fewer name beside one that all of them do is no candidate (happend: happened, not happens), unless it is
    the other dialect's spelling of it.
    """
    votes = Counter(target for targets in lists.values() for target in set(targets))
    known = [
        target
        for target in votes
        if target != wrong
        and all(corpus.counts.get(part, 0) >= LEAST_COUNT or part in accepted for part in re.split(r"[ -]", target))
        and re.fullmatch(r"[a-zà-ɏ' -]+", target)
    ]
    if len(lists) >= 3:
        certain = [target for target in known if votes[target] == len(lists)]
        alike = {other for target in certain for other in one_slip_away(target)}
        if certain:
            known = [target for target in known if 2 * votes[target] > len(lists) or target in alike]
    return sorted(known, key=lambda target: (-votes[target], -corpus.of(target), target))[:MOST_CANDIDATES]


def compile_misspellings(data: Path, corpus: Corpus) -> tuple[dict[str, list[str]], Counter]:
    accepted, wordnet = accepted_words(data), wordnet_words(data)
    table: dict[str, list[str]] = {}
    stopped: Counter = Counter()
    for wrong, lists in (contractions(corpus) | read_lists(data)).items():
        reason = why_not(wrong, lists, corpus, accepted, wordnet)
        if reason is None:
            candidates = candidates_of(lists, corpus, accepted, wrong)
            if candidates:
                table[wrong] = candidates
                continue
            reason = "no correction is a word"
        stopped[reason] += 1
    return table, stopped


def rare_words(accepted: set[str], counts: dict[str, int], misspellings: dict[str, list[str]]) -> set[str]:
    """English words that the prose does not use, but that look like a slip of one that it does: belied, stylish,
    neighbouring.

    Without them the near words would offer "belief" for "belied". Words without such a neighbour need no line.
    """
    common = {word for word, count in counts.items() if count >= NEIGHBOUR_COUNT}
    return {
        word
        for word in accepted
        if PLAIN.fullmatch(word)
        and counts.get(word, 0) < LEAST_COUNT
        and word not in misspellings
        and not common.isdisjoint(one_slip_away(word))
    }


def write_table(path: Path, rows: dict[str, str]) -> int:
    # Code-unit order of JavaScript: UTF-16, which differs from Python's order beyond the first plane only.
    ordered = sorted(rows.items(), key=lambda row: row[0].encode("utf-16-be"))
    path.write_text("".join(f"{left}\t{right}\n" for left, right in ordered), encoding="utf-8", newline="\n")
    return path.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, default=LEXICON)
    arguments = parser.parse_args()
    corpus = count_corpus(read_lines(arguments.data / "prose" / "train.txt.zst"))
    misspellings, stopped = compile_misspellings(arguments.data, corpus)
    words = {
        corpus.forms[word]: str(count)
        for word, count in corpus.counts.items()
        if count >= LEAST_COUNT and word not in misspellings
    }
    words |= dict.fromkeys(rare_words(accepted_words(arguments.data), corpus.counts, misspellings), "1")
    names = settled_names(
        count_cases(read_lines(arguments.data / "prose" / "train.txt.zst")), english_in_small_letters(arguments.data)
    )
    used = {word for word, count in corpus.counts.items() if count >= LEAST_COUNT}
    arguments.output.mkdir(parents=True, exist_ok=True)
    sizes = {
        "misspellings.tsv": write_table(
            arguments.output / "misspellings.tsv", {w: ",".join(r) for w, r in misspellings.items()}
        ),
        "phrases.tsv": write_table(
            arguments.output / "phrases.tsv", {p: "|".join(r) for p, r in plainer_phrases().items()}
        ),
        "words.tsv": write_table(arguments.output / "words.tsv", words),
        "names.tsv": write_table(arguments.output / "names.tsv", names),
        "dialects.tsv": write_table(arguments.output / "dialects.tsv", dialect_spellings(arguments.data, used)),
    }
    print(
        f"{len(misspellings)} misspellings, {len(plainer_phrases())} phrases, {len(words)} words, {len(names)} "
        f"names; bytes: {sizes}"
    )
    print("left out: " + ", ".join(f"{reason} {count}" for reason, count in stopped.most_common()))


if __name__ == "__main__":
    run(main)
