"""What preparing training data really opens: watched by an audit hook on small data that tempt it."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from noise_fixture import make_data, write_lines, write_records

PACKAGE_ROOT = Path(__file__).resolve().parents[1]
SENTENCE = "The server sends number {} of the messages to the client and waits until the answer arrives."
DEV_SENTENCE = "This sentence belongs to a development set and must never be learned from."

# Every file that Python opens and every program that it starts goes to a log; then the module's main runs.
WATCH = """
import json, runpy, sys
log = open(sys.argv[1], "a", encoding="utf-8")
def watch(event, arguments):
    if event in ("open", "subprocess.Popen", "os.listdir", "os.scandir", "os.exec", "os.posix_spawn", "os.system"):
        log.write(json.dumps([event, repr(arguments)]) + "\\n")
sys.addaudithook(watch)
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def key_of(sentence: str) -> str:
    return hashlib.sha1(" ".join(re.findall("[a-z0-9]+", sentence.lower())).encode()).hexdigest()[:16]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    data, work, lexicon = (tmp_path_factory.mktemp(name) for name in ("data", "work", "lexicon"))
    make_data(data)
    clean = [SENTENCE.format(index) for index in range(60)]
    wrong = [sentence.replace("the client", "client") for sentence in clean]
    write_lines(data / "prose" / "train.txt.zst", [line for text in [*clean, DEV_SENTENCE] for line in (text, "")])
    write_lines(data / "prose" / "dev.txt.zst", [DEV_SENTENCE])
    write_lines(data / "eval_keys.tsv.zst", [f"{key_of(DEV_SENTENCE)}\t"])
    pairs = [
        {"id": str(i), "before": b, "after": a, "strength": "error"}
        for i, (b, a) in enumerate(zip(wrong, clean, strict=True))
    ]
    pairs.append({"id": "dev", "before": DEV_SENTENCE.replace("a ", "an "), "after": DEV_SENTENCE, "strength": "error"})
    for name in ("typo", "grammar", "rewrite", "rewrite_light", "rewrite_loose"):
        write_records(data / "edits" / f"{name}.train.jsonl.zst", pairs)
        write_records(data / "edits" / f"{name}.dev.jsonl.zst", pairs[:2])
    public = [{"id": str(i), "source": pair["before"], "targets": [pair["after"]]} for i, pair in enumerate(pairs)]
    for name in ("harper_pairs", "eracond", "paws", "wikisplit", "scitldr", "commit_subject"):
        write_records(data / "public" / name / "train.jsonl.zst", public)
    page = "\n".join(SENTENCE.format(index) for index in range(5))
    descriptions = [
        {"id": str(i), "repo": "a/b", "path": "p", "title": "t", "source": page, "summary": SENTENCE.format(i)}
        for i in range(5)
    ]
    write_records(data / "descriptions" / "train.jsonl.zst", descriptions)
    # What must stay shut.
    for folder in ("eval-only/jfleg", "eval-only/cweb", "research-only/quora"):
        for part in ("train", "dev"):
            write_records(data / folder / f"{part}.jsonl.zst", public)
    (data / "sealed-tests.bin").write_bytes(b"sealed")
    for name, row in (("misspellings.tsv", "teh\tthe"), ("phrases.tsv", "prior to\tbefore"), ("words.tsv", "the\t9")):
        (lexicon / name).write_text(row + "\n", encoding="utf-8")
    return data, work, lexicon


def opened(module: str, log: Path, *arguments: str) -> list[str]:
    log.unlink(missing_ok=True)
    command = [sys.executable, "-c", WATCH, str(log), module, *arguments]
    result = subprocess.run(command, cwd=PACKAGE_ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr[-3000:]
    return [json.loads(line)[1] for line in log.read_text(encoding="utf-8").splitlines()]


def test_preparing_opens_neither_eval_only_nor_research_only_nor_sealed(
    folders: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    data, work, lexicon = folders
    common = ["--data", str(data)]
    seen = opened(
        "nar_training.data.tokenizer",
        tmp_path / "log",
        *common,
        "--output",
        str(work / "tokenizer.json"),
        "--share",
        "1",
        "--vocabulary",
        "400",
    )
    seen += opened("nar_training.data.prepare", tmp_path / "log", *common, "--work", str(work), "--share", "1")
    seen += opened(
        "nar_training.data.prepare_edits",
        tmp_path / "log",
        *common,
        "--work",
        str(work),
        "--lexicon",
        str(lexicon),
        "--noise",
        "40",
    )
    assert any("train.txt.zst" in entry for entry in seen) and any(
        "typo.train" in entry for entry in seen
    )  # the watch works
    shut = [entry for entry in seen if re.search("eval-only|research-only|sealed", entry)]
    assert not shut
    learned = (work / "sentences.txt").read_text(encoding="utf-8")
    assert SENTENCE.format(3) in learned
    assert DEV_SENTENCE not in learned  # its key is in eval_keys.tsv
    # Development parts never reach a pool either.
    assert not [entry for entry in seen if re.search(r"\.dev\.jsonl|dev\.txt", entry)]


@pytest.mark.parametrize(
    "module, options",
    [
        ("data.prepare", []),
        ("data.prepare_edits", []),
        ("data.tokenizer", []),
        ("prior.compile_lexicon", []),
        ("data.noise", []),
        ("evaluate", ["peers", "--limit", "1"]),
    ],
)
def test_a_missing_data_folder_is_told_in_one_line(
    folders: tuple[Path, Path, Path], tmp_path: Path, module: str, options: list[str]
) -> None:
    _, work, lexicon = folders
    if module.startswith("data.prepare"):
        options = ["--work", str(work)] + (["--lexicon", str(lexicon)] if module == "data.prepare_edits" else [])
    command = [sys.executable, "-m", f"nar_training.{module}", *options, "--data", str(tmp_path / "nowhere")]
    result = subprocess.run(command, cwd=PACKAGE_ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 1 and "--data" in result.stderr and "nowhere" in result.stderr
