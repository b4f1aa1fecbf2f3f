"""Which tokens begin a word, and what is white space."""

from tokenizers import pre_tokenizers

PIECES = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)


def word_starts(texts: list[str]) -> list[int]:
    """First tokens of words, by the tokenizer's own pre-tokenization; pieces of a character count as letters."""
    pieces = PIECES.pre_tokenize_str("".join(texts).replace("\ufffd", "x"))
    bounds = {start for _, (start, _) in pieces}
    starts, offset = [], 0
    for index, text in enumerate(texts):
        if index == 0 or (text and offset in bounds):
            starts.append(index)
        offset += len(text)
    return starts


def is_space(character: str) -> bool:
    """Unicode White_Space; Python's isspace takes four control characters more."""
    return character.isspace() and character not in "\x1c\x1d\x1e\x1f"
