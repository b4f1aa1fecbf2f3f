"""Steps and tokens of docs/trace-format.md."""

from collections.abc import Callable

import torch
from torch import Tensor

from ..data.tokenizer import NAMED

Token = dict


class Tracer:
    def __init__(self, system: str, text: Callable[[int], str], budget: int):
        self.system, self.budget, self.passes, self.steps = system, budget, 0, []
        self._text = text

    def text(self, token: int) -> str:
        return "" if token < len(NAMED) else self._text(token)

    @property
    def left(self) -> int:
        return self.budget - max(0, self.passes - 1)

    def plain(self, token: int, state: str, **more) -> Token:
        return {
            "id": token,
            "text": self.text(token),
            "state": state,
            "logProbability": 0.0,
            "entropy": 0.0,
            "alternatives": [],
            **more,
        }

    def predicted(self, token: int, log_probs: Tensor, state: str, **more) -> Token:
        """`log_probs` [V] of the row."""
        best, ids = torch.topk(log_probs, 8)
        alternatives = [
            {"id": i, "text": self.text(i), "probability": p}
            for i, p in zip(ids.tolist(), best.exp().tolist(), strict=True)
        ]
        entropy = -(log_probs.exp() * log_probs).sum().item()
        return {
            "id": token,
            "text": self.text(token),
            "state": state,
            "logProbability": log_probs[token].item(),
            "entropy": entropy,
            "alternatives": alternatives,
            **more,
        }

    def step(self, action: str, tokens: list[Token], queries: int, **more) -> dict:
        """Call once for each forward pass."""
        self.passes += 1
        predicted = [token["logProbability"] for token in tokens if token["alternatives"]]
        shown = [token["id"] for token in tokens if token["state"] not in ("deleted", "masked")]
        repeated = sum(left == right for left, right in zip(shown, shown[1:], strict=False))
        step = {
            "index": len(self.steps),
            "system": self.system,
            "action": action,
            "tokens": tokens,
            "score": sum(predicted) / len(predicted) if predicted else 0.0,
            "passes": self.passes,
            "queryTokens": queries,
            "milliseconds": 0,
            "repetitionRatio": repeated / len(shown) if shown else 0.0,
            **more,
        }
        self.steps.append(step)
        return step


def finish_output(ids: list[int], end: int, drop: int, mask: int) -> list[int]:
    if end in ids:
        ids = ids[: ids.index(end)]
    return [token for token in ids if token not in (drop, mask)]
