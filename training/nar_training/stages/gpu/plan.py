"""The recipe for one large GPU: which stages each step runs, for how long, and how fast they learn.

A step is one command on the GPU machine (recipe.py) and stays under nine minutes; a stage that takes longer is cut in
two (`schedule`). The rates are a little above the CPU runs' (a batch is 28 times as large, but post-norm networks
diverge early); nobody has tried them at this size yet, so look at the first minutes of the log. A token costs about
73 MFLOP with six layers and 92 with eight (6 times the parameters of the layers, and the token head for the masked
ones): at 10 to 25 % of an H200's 790 TFLOP/s in bf16 that is 1.1 to 2.7 and 0.9 to 2.1 million tokens a second.
"""

from dataclasses import dataclass, field, replace

from ...data.guard import DataError


@dataclass(frozen=True)
class Run:
    """One stage, or a part of it, within a step."""

    stage: str
    minutes: float
    schedule: tuple[float, float] = (0.0, 1.0)
    body_rate: float = 4e-4
    new_rate: float = 1.2e-3
    floor: float = 0.05
    warmup: int = 300
    tokens: int = 65536
    masked_share: float = 0.0


@dataclass(frozen=True)
class Plan:
    steps: list[list[Run]]
    configuration: dict = field(default_factory=dict)  # what differs from model.Configuration
    workers: int = 12
    measure_steps: int = 10
    log_steps: int = 100
    save_seconds: float = 60


def rest_of(runs: list[Run], stage: str, spent: float) -> list[Run]:
    """What is left of a step that was cut short in `stage` when the share `spent` of its schedule was over."""
    for index, run in enumerate(runs):
        first, last = run.schedule
        if run.stage == stage and first <= spent < last:
            return [
                replace(run, schedule=(spent, last), minutes=run.minutes * (last - spent) / (last - first)),
                *runs[index + 1 :],
            ]
        if run.stage == stage and spent == last and runs[index + 1 :]:
            return runs[index + 1 :]
    raise DataError(f"nothing of this step is left after {100 * spent:.0f} % of {stage}; pack the next one")


def large(pretrain: float, edit: float, polish: float, first: float = 8.7) -> list[list[Run]]:
    """Three steps: pretrain; the rest of it and the first edits; the rest of the edits and polish (minutes)."""
    second = pretrain - first
    begun = first - second  # minutes of edits in the second step
    at, half = first / pretrain, begun / edit
    edits = {"body_rate": 3e-4, "new_rate": 6e-4, "masked_share": 0.2}
    return [
        [Run("pretrain", first, (0.0, at))],
        [Run("pretrain", second, (at, 1.0)), Run("edit", begun, (0.0, half), **edits)],
        [Run("edit", edit - begun, (half, 1.0), **edits),
         Run("polish", polish, body_rate=1.5e-4, new_rate=3e-4, floor=0.0, masked_share=0.1)],
    ]  # fmt: skip


PLANS = {
    "six": Plan(large(pretrain=13.2, edit=8.4, polish=4.4), {"layers": 6}),
    # The larger network learns slower at first, so pre-training takes more of the time.
    "eight": Plan(large(pretrain=14.0, edit=7.8, polish=4.2), {"layers": 8}),
    # The shipped size, for comparing.
    "four": Plan(large(pretrain=13.2, edit=8.4, polish=4.4), {"layers": 4}),
    # Everything in seconds on a CPU: rehearse.py.
    "tiny": Plan([[Run("pretrain", 0.05, (0.0, 0.7), warmup=2, tokens=384)],
                  [Run("pretrain", 0.04, (0.7, 1.0), warmup=2, tokens=384), Run("edit", 0.05, warmup=2, tokens=384, masked_share=0.2)],
                  [Run("polish", 0.05, warmup=2, tokens=384)]],
                 {"width": 32, "layers": 2, "heads": 2, "inner": 64}, workers=1, measure_steps=2, log_steps=2, save_seconds=0.5),
}  # fmt: skip
