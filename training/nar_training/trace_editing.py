"""Golden cases of the decoders in decode_reference/editing.py: (decoder, index into trace.TEXTS, task, what `trace.case` takes)."""

EDITING_CASES = [
    ("levenshtein-draft", 0, "rephrase", {}),
    ("levenshtein-draft", 1, "shorten", {"passes": 12, "lockedTokens": [2, 3, 4, 9]}),
    ("levenshtein-draft", 2, "fix", {"passes": 5, "noInsertionPenalty": 3, "keepBias": 2, "targetLength": 6}),
    ("levenshtein-draft", 3, "summarize", {"passes": 2, "draft": [60, 1, 1, 71, 80]}),
    ("levenshtein-draft", 5, "fix", {"passes": 30, "keepBias": 8, "noInsertionPenalty": -8}),
]
