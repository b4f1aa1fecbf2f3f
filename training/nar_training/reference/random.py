"""Mulberry32 as in src/decode/random.ts: 32-bit arithmetic, the same numbers in both languages."""

MASK32 = 0xFFFFFFFF


class Random:
    def __init__(self, seed: int):
        self.state = seed & MASK32

    def next(self) -> float:
        """The next number in [0, 1)."""
        self.state = (self.state + 0x6D2B79F5) & MASK32
        value = self.state
        value = ((value ^ (value >> 15)) * (value | 1)) & MASK32
        value ^= (value + (((value ^ (value >> 7)) * (value | 61)) & MASK32)) & MASK32
        return ((value ^ (value >> 14)) & MASK32) / 2**32
