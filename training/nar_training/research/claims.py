"""The papers' claims: which runs each needs, how they are measured, and what the paper found.

Every function gives back records that __main__ writes to docs/results/research/<name>.json.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..network.model import NarModel
from ..objectives.janus import JANUS
from ..objectives.pairs import Pairs
from ..stages.distil import write_left_to_right
from . import correction, da_transformer, decode, runs
from .quora import LONGEST, Quora
from .run import decode_dev, dev_loss, load_checkpoint, measure, paired_difference, sentence_losses
from .scores import bleu


@dataclass
class Context:
    quora: Callable[[], Quora]  # read when first needed
    data: Path
    work: Path
    folder: Path  # checkpoints of the research runs
    seed: int
    scale: float
    sentences: int


def parallel(passes: int) -> Callable[[NarModel, Pairs], list[list[int]]]:
    return lambda model, blank: decode.mask_predict(model, blank, passes).tolist()


def iterative(iterations: int) -> Callable[[NarModel, Pairs], list[list[int]]]:
    return lambda model, blank: decode.mist(model, blank, iterations).tolist()


def left_to_right(model: NarModel, blank: Pairs) -> list[list[int]]:
    return write_left_to_right(model, blank.source, blank.segments, LONGEST, own_key=JANUS["paper"].own_key)


def variant(context: Context, name: str, decoders: dict[str, Callable]) -> dict:
    """One trained run and its scores under some decoders."""
    quora = context.quora()
    model, record = runs.finished(name, context.seed, quora, context.folder, context.scale)
    return {
        "name": name,
        "seed": context.seed,
        "steps": record["step"],
        "minutes": round(record["seconds"] / 60, 1),
        "cpu_minutes": round(record["cpu_seconds"] / 60, 1),
        "tokens": record["tokens"],
        "training": record["figures"],
        "dev_full_mask": dev_loss(model, quora),
        "decoders": {label: measure(model, quora, decoder, context.sentences) for label, decoder in decoders.items()},
    }


def copy_scores(context: Context) -> dict:
    """BLEU of giving back the question as it is: what any paraphrase score must be read against."""
    pairs = context.quora().dev_texts[: context.sentences]
    return {"copy_bleu": round(bleu([source for source, _ in pairs], [target for _, target in pairs]), 2)}


ONE_PASS = {"1 pass": parallel(1)}


def pretraining(context: Context) -> dict:
    return {
        "variants": [variant(context, name, ONE_PASS) for name in ("minilm-short", "random")],
        "reference": copy_scores(context),
    }


def mist_mixing(context: Context) -> dict:
    return {"variants": [variant(context, name, ONE_PASS) for name in ("mist-none", "mist-static", "mist-dynamic")]}


def mist_iterations(context: Context) -> dict:
    decoders = {f"MIST, {count}": iterative(count) for count in (1, 3, 6)} | {
        f"Mask-Predict, {count}": parallel(count) for count in (3, 6)
    }
    return {"variants": [variant(context, name, decoders) for name in ("mist-dynamic",)]}


def janus(context: Context) -> dict:
    """The rows of Table 6: one loss alone, joint, with divergences, with AUX."""
    parallel_only = {"1 pass": parallel(1), "5 passes": parallel(5)}
    one_by_one = {"left to right": left_to_right}
    both = parallel_only | one_by_one
    rows = {"autoregressive": one_by_one, "cmlm": parallel_only, "auxiliary": both}
    rows |= {name: both for name in ("joint", "joint-divergence", "janus")}
    return {"variants": [variant(context, name, decoders) for name, decoders in rows.items()]}


def glancing(context: Context) -> dict:
    return {"variants": [variant(context, name, ONE_PASS) for name in ("full-mask", "glancing")]}


def acyclic(context: Context) -> dict:
    quora, variants = context.quora(), []
    for name in da_transformer.OBJECTIVES:
        model, record = da_transformer.finished(name, context.seed, quora, context.folder, context.scale)
        variants.append(
            {
                "name": name,
                "seed": context.seed,
                "steps": record["step"],
                "minutes": round(record["seconds"] / 60, 1),
                "cpu_minutes": round(record["cpu_seconds"] / 60, 1),
                "tokens": record["tokens"],
                "training": record["figures"],
                "decoders": {
                    label: measure(model, quora, decoder, context.sentences)
                    for label, decoder in da_transformer.decoders_of(name).items()
                },
            }
        )
    return {"variants": variants, "reference": copy_scores(context)}


def passes(context: Context) -> dict:
    """Quality in batches; time sentence by sentence, as an editor asks, with the encode for the length."""
    quora = context.quora()
    row = variant(context, "cmlm", {f"{count} passes": parallel(count) for count in (1, 2, 5, 11)})
    row["one_by_one_milliseconds"] = {}
    for name, systems in (
        ("cmlm", {f"{count} passes": parallel(count) for count in (1, 2, 5, 11)}),
        ("joint", {"left to right": left_to_right}),
    ):
        model, _ = runs.finished(name, context.seed, quora, context.folder, context.scale)
        for label, decoder in systems.items():
            answers, seconds = decode_dev(model, quora, decoder, min(40, context.sentences), batch=1)
            row["one_by_one_milliseconds"][label] = round(1000 * seconds / len(answers), 1)
    return {"variants": [row]}


def edit_alignment(context: Context) -> dict:
    examples = correction.training_examples(context.work / "pools")
    steps = max(2, round(context.scale * correction.STEPS))
    variants = []
    for kind in ("edits", "plain"):
        path = context.folder / f"correction-{kind}-{context.seed}.pt"
        model, record = correction.train_corrector(kind, context.work, examples, steps, context.seed, path)
        variants.append(
            {
                "name": kind,
                "seed": context.seed,
                "steps": record["step"],
                "minutes": round(record["seconds"] / 60, 1),
                "cpu_minutes": round(record["cpu_seconds"] / 60, 1),
                "tokens": record["tokens"],
                "training": record["figures"],
                "dev": correction.measure_corrector(model, kind, context.work, context.data),
            }
        )
    return {"variants": variants, "reference": correction.measure_corrector(None, "", context.work, context.data)}


def paired_differences(context: Context) -> dict:
    """Full-mask dev loss of the finished branches against `full-mask`, sentence by sentence: how sure is the sign?"""
    quora, variants = context.quora(), []
    names = [
        name
        for name, each in runs.RUNS.items()
        if each.start == "branch" and runs.is_finished(name, context.seed, context.folder, context.scale)
    ]
    losses = {
        name: sentence_losses(load_checkpoint(context.folder / f"{name}-{context.seed}.pt"), quora) for name in names
    }
    for name in losses:
        if name != "full-mask" and "full-mask" in losses:
            difference, error = paired_difference(losses[name], losses["full-mask"])
            variants.append(
                {
                    "name": f"{name} - full-mask",
                    "seed": context.seed,
                    "difference": round(difference, 4),
                    "standard_error": round(error, 4),
                }
            )
    return {"variants": variants}


@dataclass
class Claim:
    paper: str
    says: str
    measure: Callable[[Context], dict]


CLAIMS: dict[str, Claim] = {
    "mist-mixing": Claim(
        "MIST, Tables 3 and 5",
        "dynamic pseudo-targets help (Quora BLEU-4 26.10 to 26.96 with MiniLM), static ones harm (XSum)",
        mist_mixing,
    ),
    "mist-iterations": Claim(
        "MIST, Table 6",
        "MIST 28.95, 29.77, 29.77 at 1, 3, 6 iterations on Quora; Mask-Predict on the same model falls to 27.70",
        mist_iterations,
    ),
    "glancing": Claim("GLAT, Table 1", "glancing improves one-pass quality by several BLEU (translation)", glancing),
    "da-transformer": Claim(
        "DA-Transformer, abstract",
        "about 3 BLEU above earlier one-pass models (GLAT + CTC), near left to right, without distillation (WMT)",
        acyclic,
    ),
    "janus": Claim(
        "JANUS, ablation", "AR / NAR 35.3 / 32.1 joint, 36.1 / 33.5 with KL, 37.2 / 34.2 with AUX (IWSLT)", janus
    ),
    "passes": Claim(
        "JANUS, Table 2",
        "1, 2, 5, 11 passes: ROUGE-2 9.7, 13.5, 16.6, 17.7 at 8.7, 7.0, 4.5, 2.5 times the speed (XSum)",
        passes,
    ),
    "edit-alignment": Claim(
        "FastCorrect, Table 2", "plain parallel writing raises the error rate, edit alignment lowers it", edit_alignment
    ),
    "paired-differences": Claim(
        "",
        "not a paper's claim: the noise of the dev loss between runs that differ in their objective only",
        paired_differences,
    ),
    "pretraining": Claim("MIST, Table 3", "Quora BLEU-4 18.82 from random weights, 26.10 from MiniLM", pretraining),
}
