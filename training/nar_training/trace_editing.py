"""Golden cases of the decoders in decode_reference/editing.py: (decoder, index into trace.TEXTS, task, what `trace.case` takes)."""

EDITING_CASES = [
    ("levenshtein-draft", 0, "rephrase", {}),
    ("levenshtein-draft", 1, "shorten", {"passes": 12, "lockedTokens": [2, 3, 4, 9]}),
    ("levenshtein-draft", 2, "fix", {"passes": 5, "noInsertionPenalty": 3, "keepBias": 2, "targetLength": 6}),
    ("levenshtein-draft", 3, "summarize", {"passes": 2, "draft": [60, 1, 1, 71, 80]}),
    ("levenshtein-draft", 5, "fix", {"passes": 30, "keepBias": 8, "noInsertionPenalty": -8}),
    ("insertion", 0, "rephrase", {}),
    ("insertion", 1, "shorten", {"passes": 9, "lockedTokens": [2, 3, 4, 9], "noInsertionPenalty": 6}),
    ("insertion", 4, "rephrase", {"passes": 2, "draft": [60, 1, 71, 80], "noInsertionPenalty": 3}),
    ("insertion", 3, "fix", {"passes": 7, "acceptConfidence": 0.001}),
    ("insertion", 0, "fix", {"acceptConfidence": 0.01, "lockedTokens": [2]}),
    ("voting", 0, "fix", {"acceptConfidence": 0.01}),
    ("voting", 1, "fix", {"keepBias": 1.5, "acceptConfidence": 0.05, "minimumEditProbability": 0.4, "lockedTokens": [1]}),
    ("voting", 5, "fix", {"passes": 9, "lexicon": (" teh", [" the", " then"]), "acceptConfidence": 0.01, "keepBias": 1}),
    ("voting", 4, "fix", {"passes": 2, "keepBias": 2}),
    ("fast-correct", 0, "fix", {"acceptConfidence": 0.01}),
    ("fast-correct", 1, "fix", {"keepBias": 1.5, "acceptConfidence": 0.01, "minimumEditProbability": 0.35, "lockedTokens": [0, 5]}),
    ("fast-correct", 2, "fix", {"protect": "`run()`", "keepBias": 3, "acceptConfidence": 0.001, "temperatures": {"operation": 1.4, "insertion": 0.8, "fill": 1.3}}),
    ("fast-correct", 5, "fix", {"lexicon": (" teh", [" the", " then"]), "acceptConfidence": 0.01, "keepBias": 1}),
    ("edit-tags", 3, "fix", {"minimumErrorProbability": 1, "acceptConfidence": 0.01}),
    ("edit-tags", 3, "fix", {"minimumErrorProbability": 0.5, "acceptConfidence": 0.01}),
]
