"""Eval-only and research-only data cannot reach training, and bad files say what is wrong."""

import ast
from pathlib import Path

import pytest
import zstandard

import nar_training
from nar_training.data.guard import DataError, ForbiddenData, check_path, read_json, read_jsonl, read_lines, read_table
from nar_training.network import checkpoint

PACKAGE = Path(nar_training.__file__).parent
COMPRESS = zstandard.ZstdCompressor().compress


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_training_reads_neither_eval_only_nor_research_only(tmp_path: Path) -> None:
    measured = write(tmp_path / "eval-only" / "jfleg" / "dev.jsonl.zst", COMPRESS(b'{"id": 1}\n'))
    research = write(tmp_path / "research-only" / "quora" / "train.jsonl.zst", COMPRESS(b'{"id": 1}\n'))
    for reader in (read_lines, read_jsonl):
        with pytest.raises(ForbiddenData):
            list(reader(measured))
        with pytest.raises(ForbiddenData):
            list(reader(research))
    with pytest.raises(ForbiddenData):
        read_json(measured)
    assert list(read_jsonl(measured, evaluation=True)) == [{"id": 1}]
    with pytest.raises(ForbiddenData):
        list(read_jsonl(research, evaluation=True))
    assert list(read_jsonl(research, research=True)) == [{"id": 1}]
    with pytest.raises(ForbiddenData):
        list(read_jsonl(measured, research=True))
    with pytest.raises(ForbiddenData):
        check_path(tmp_path / "sealed-tests.bin", evaluation=True)


def test_research_weights_are_neither_packaged_nor_trained_on(tmp_path: Path) -> None:
    checkpoint.save(tmp_path / "run.pt", {"research_only": True, "model": {}})
    with pytest.raises(ForbiddenData, match="may not be shipped"):
        checkpoint.load(tmp_path / "run.pt")
    assert checkpoint.load(tmp_path / "run.pt", research=True)["model"] == {}


def test_links_and_dots_do_not_lead_around_the_guard(tmp_path: Path) -> None:
    write(tmp_path / "eval-only" / "dev.jsonl", b"{}\n")
    link = tmp_path / "harmless.jsonl"
    link.symlink_to(tmp_path / "eval-only" / "dev.jsonl")
    with pytest.raises(ForbiddenData):
        check_path(link)
    with pytest.raises(ForbiddenData):
        check_path(tmp_path / "edits" / ".." / "eval-only" / "dev.jsonl")


@pytest.mark.parametrize(
    "name, content, message",
    [
        ("empty.txt", b"", "is empty"),
        ("empty.txt.zst", COMPRESS(b""), "no lines"),
        ("latin.txt", "first\ncafé\n".encode("latin-1"), "not UTF-8"),
        ("plain.txt.zst", b"this is not compressed", "zstd"),
    ],
)
def test_bad_files_say_what_is_wrong(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(DataError, match=message) as caught:
        list(read_lines(path))
    assert name in str(caught.value)


def test_missing_file_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="--data"):
        list(read_lines(tmp_path / "nothing.txt"))


def test_bad_records_name_their_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2"):
        list(read_jsonl(write(tmp_path / "a.jsonl", b'{"a": 1}\n{"a": \n')))
    with pytest.raises(DataError, match="object"):
        list(read_jsonl(write(tmp_path / "b.jsonl", b"[1]\n")))
    with pytest.raises(DataError, match="line 1"):
        list(read_table(write(tmp_path / "c.tsv", b"one\ttwo\n"), 3))


def test_truncated_zstd_is_an_error_not_a_short_file(tmp_path: Path) -> None:
    whole = COMPRESS("\n".join(f"line {index} {index * 7919 % 104729}" for index in range(20000)).encode())
    with pytest.raises(DataError):
        list(read_lines(write(tmp_path / "cut.txt.zst", whole[: len(whole) // 2])))


def called_names(tree: ast.AST) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


def test_only_the_evaluation_unlocks_eval_only_and_nobody_decompresses_on_their_own() -> None:
    """Reads the sources: outside evaluate/ no call says evaluation=True, outside data/guard.py nothing opens zstd."""
    checked = 0
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        checked += 1
        if relative.parts[0] != "evaluate":
            keywords = {
                keyword.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords
            }
            unlocking = "evaluation" in keywords and relative.as_posix() != "data/guard.py"
            assert not unlocking, f"{relative} asks for evaluation data"
            unlocking = (
                "research" in keywords
                and relative.parts[0] != "research"
                and relative.as_posix() not in ("data/guard.py", "network/checkpoint.py")
            )
            assert not unlocking, f"{relative} asks for research-only data or weights"
        if relative.as_posix() != "data/guard.py":
            assert "ZstdDecompressor" not in called_names(tree), f"{relative} decompresses without the guard"
            commands = [
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and node.value in ("zstd", "zstdcat")
            ]
            assert not commands, f"{relative} runs zstd without the guard"
    assert checked >= 5
