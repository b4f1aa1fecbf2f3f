"""A sentence that is being made worse: units that can be replaced, removed and added, each at most once."""

from ...prior.words import SPACE, WORD, split_units

TOUCHED = 4  # a unit that an error has already changed, so that a second error leaves it alone


class Units:
    def __init__(self, text: str) -> None:
        self.texts, self.kinds = split_units(text)

    def text(self) -> str:
        return "".join(self.texts)

    def words(self) -> list[int]:
        return [index for index, kind in enumerate(self.kinds) if kind == WORD]

    def next_word(self, index: int) -> int | None:
        """The word after one space; None if anything else comes between."""
        at = index + 2
        if at < len(self.kinds) and self.kinds[at] == WORD and self.texts[at - 1] == " ":
            return at
        return None

    def previous_word(self, index: int) -> int | None:
        at = index - 2
        if at >= 0 and self.kinds[at] == WORD and self.texts[at + 1] == " ":
            return at
        return None

    def lower(self, index: int | None) -> str:
        return "" if index is None else self.texts[index].lower()

    def first_word(self) -> int | None:
        return next((index for index, kind in enumerate(self.kinds) if kind == WORD), None)

    def replace(self, index: int, text: str) -> None:
        self.texts[index] = text
        self.kinds[index] = TOUCHED

    def touch(self, index: int) -> None:
        self.kinds[index] = TOUCHED

    def insert_before(self, index: int, word: str) -> None:
        self.texts[index:index] = [word, " "]
        self.kinds[index:index] = [TOUCHED, SPACE]

    def insert_after(self, index: int, word: str) -> None:
        self.texts[index + 1 : index + 1] = [" ", word]
        self.kinds[index + 1 : index + 1] = [SPACE, TOUCHED]

    def remove_word(self, index: int) -> bool:
        """Drop a word with one space beside it; a capital moves to the word that now begins the sentence."""
        after = index + 1
        if after < len(self.kinds) and self.kinds[after] == SPACE:
            removed, following = slice(index, index + 2), index + 2
        elif index > 0 and self.kinds[index - 1] == SPACE:
            removed, following = slice(index - 1, index + 1), None
        else:
            return False
        if following is not None and self.texts[index][0].isupper() and following < len(self.kinds):
            if self.kinds[following] != WORD:
                return False
            word = self.texts[following]
            self.texts[following] = word[0].upper() + word[1:]
        del self.texts[removed]
        del self.kinds[removed]
        return True
