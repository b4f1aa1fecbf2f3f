"""Where things lie. Data is never part of the repository: it is read from ../shared/data or from --data."""

from pathlib import Path

from .guard import read_jsonl, read_lines

__all__ = ["DATA", "LEXICON", "REPOSITORY", "WORK", "read_jsonl", "read_lines"]

REPOSITORY = Path(__file__).resolve().parents[3]
DATA = REPOSITORY.parent / "shared" / "data"
WORK = REPOSITORY / "training" / "runs"
LEXICON = REPOSITORY / "models" / "lexicon"
