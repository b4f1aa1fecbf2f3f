"""A small data folder in the layout of ../shared/data, so that the noise can be tested without the real one."""

import json
from pathlib import Path

import zstandard

WORDS = """the a an to of in on for with by is are was has have can will must you your it its this these that and or not be
server servers setting settings file files message messages request requests service services user users value values
send sends sending sent use uses using used return returns returned returning receive separate necessary different open close
closed reads read write writes when after before then than their there they from form which some every number well known time real
default until answer arrives client method option options directory occurs occurred necessary because without configure configures
configuring configured automatic automatically application applications waits wait waiting waited""".split()


def write_lines(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = ("\n".join(lines) + "\n").encode()
    path.write_bytes(zstandard.ZstdCompressor().compress(content) if path.suffix == ".zst" else content)


def write_records(path: Path, records: list[dict]) -> None:
    write_lines(path, [json.dumps(record) for record in records])


def verb(lemma: str, third: str, ing: str, past: str) -> dict:
    return {"lemma": lemma, "third": third, "ing": ing, "past": past, "participle": past}


PROFILE = {
    "error": {
        "shares": {
            "spelling": 0.22, "article": 0.15, "agreement / inflection": 0.13, "casing": 0.12, "punctuation": 0.10,
            "missing function word": 0.08, "spacing (run-on or split word)": 0.03, "duplicated word": 0.03, "hyphen": 0.01,
            "confusable words (its/it's, then/than, this/these ...)": 0.03, "extra function word": 0.03, "preposition": 0.025,
            "apostrophe": 0.01, "pronoun": 0.01,
        }
    },
    "spelling_letters": {
        "operations": {
            "drop": 0.39, "insert": 0.21, "substitute": 0.13, "transpose": 0.12, "drop one of a double letter": 0.07,
            "double a letter": 0.06, "other": 0.02,
        },
        "top": {
            "insert": {"e": 5, "i": 4, "'": 1}, "drop": {"i": 9, "e": 6, "r": 5}, "substitute": {"a>e": 9, "e>a": 8},
            "transpose": {"ti": 8, "ei": 7}, "double a letter": {"s": 5, "e": 4, "t": 3},
        },
    },
    "detail": {
        "article": {"∅ -> the": 40, "∅ -> a": 14, "a -> an": 6, "an -> a": 6, "the -> ∅": 3, "a -> ∅": 2, "the -> a": 2},
        "punctuation": {"∅ -> ,": 33, ", -> ∅": 6, "∅ -> .": 3, ", -> ;": 2, ": -> .": 1},
        "missing": {"to": 5, "of": 3, "is": 2, "that": 9}, "extra": {"to": 2, "is": 2, "of": 1},
        "duplicated": {"the": 5, "to": 1}, "inflection": {"-s -> -": 20, "- -> -s": 17, "-ing -> -": 9, "are -> is": 2},
    },
}  # fmt: skip
CONFUSIONS = [
    "it's\tits\t320\tconfusable", "then\tthan\t60\tconfusable", "form\tfrom\t33\tconfusable", "ca\tcan\t2\trealword", "seperate\tseparate\t49\tspelling",
    "for\tto\t73\tpreposition", "on\tin\t9\tpreposition", "via\tthrough\t48\tpreposition", "they\tit\t38\tpronoun",
    "Github\tGitHub\t144\tcasing", "Service\tservice\t59\tcasing", "can not\tcannot\t44\tspacing", "file name\tfilename\t9\tspacing",
    "filename\tfile name\t8\tspacing", "re - use\treuse\t24\thyphen", "users\tuser's\t16\tapostrophe",
]  # fmt: skip


def make_data(folder: Path) -> Path:
    write_lines(folder / "edits" / "profile.json", [json.dumps(PROFILE)])
    write_lines(folder / "edits" / "confusions_typed.tsv", CONFUSIONS)
    lexicons = folder / "lexicons"
    write_records(lexicons / "wordlist_en_gb.jsonl.zst", [{"word": word} for word in WORDS])
    write_records(lexicons / "frequency.jsonl.zst", [{"word": word, "count": 50} for word in WORDS])
    write_records(
        lexicons / "varcon.jsonl.zst",
        [{"variants": {"A": "color", "B": "colour"}}, {"variants": {"A": "behavior", "B": "behaviour"}}],
    )
    verbs = [
        verb("send", "sends", "sending", "sent"),
        verb("use", "uses", "using", "used"),
        verb("wait", "waits", "waiting", "waited"),
        verb("return", "returns", "returning", "returned"),
        verb("configure", "configures", "configuring", "configured"),
    ]
    write_records(lexicons / "verbs.jsonl.zst", verbs)
    misspellings = [
        {"source": "recieve", "targets": ["receive"]},
        {"source": "neccessary", "targets": ["necessary"]},
        {"source": "occured", "targets": ["occurred"]},
        {"source": "form", "targets": ["from"]},
        {"source": "differnt", "targets": ["different"]},
        {"source": "colour", "targets": ["color"]},
        {"source": "sett", "targets": ["set", "sent"]},
        {"source": "teh", "targets": ["the"]},
    ]
    for name in ("codespell", "typos", "misspell", "wikipedia_misspellings"):
        write_records(lexicons / f"{name}.jsonl.zst", misspellings)
    return folder
