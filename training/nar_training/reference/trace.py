"""Golden traces: the tiny model's folder, and what the reference decoders do with it.

    python -m nar_training.reference.trace --output ../test/fixtures/tiny

Each file of traces/ holds a full trace of docs/trace-format.md, the lexicon entries of its source, and the decoder's
result; src/decode must reproduce it token for token, log-probabilities within 1e-4. The reference is written apart from
it, in reference/.
"""

import argparse
import json
from pathlib import Path

from tokenizers import Tokenizer

from .correction import edit_tags, levenshtein
from .editing import EDITING
from .editing_cases import EDITING_CASES
from .generating import GENERATING
from .generating_cases import GENERATING_CASES
from .generation import autoregressive, refinement
from .masked import masked_refinement
from .mist import mist
from .network import ReferenceNetwork, Source
from .steps import Tracer
from .tiny_model import tiny_ctc_model, tiny_model, tiny_tokenizer, write_folder

TEXTS = [
    "Then the server returns a error.",
    "The the list of entries is missing when it reads.",
    "It dont work, see `run()` there.",
    "He thinks that the other threads is fine",
    "Error: file 42 is the missing one.",
    "Return teh list.",
]


def case(
    decoder: str,
    text: int,
    task: str = "fix",
    protect: str = "",
    lexicon: tuple[str, list[str]] | None = None,
    positions: int | None = None,
    **options,
) -> dict:
    """`positions`: fewer than the model has, so that short texts meet their limit."""
    return {
        "decoder": decoder,
        "text": TEXTS[text],
        "task": task,
        "protect": protect,
        "lexicon": lexicon,
        "positions": positions,
        "options": options,
    }


CASES = [
    case("edit-tags", 0, acceptConfidence=0.01),
    case("edit-tags", 1, keepBias=1.5, acceptConfidence=0.01, minimumEditProbability=0.4),
    case(
        "edit-tags",
        2,
        protect="`run()`",
        keepBias=-2,
        acceptConfidence=0.001,
        temperatures={"operation": 1.4, "insertion": 0.8, "fill": 1.3},
    ),
    case("edit-tags", 4, lexicon=(" one", [" ene", " the", " then"]), keepBias=-2, acceptConfidence=0.01),
    case("edit-tags", 4, keepBias=8, minimumEditProbability=0.9),
    case("levenshtein", 0, passes=9, acceptConfidence=0.001),
    case("levenshtein", 1, passes=7, acceptConfidence=0.01, lockedTokens=[0, 1, 2, 3]),
    case("levenshtein", 2, passes=7, protect="`run()`", acceptConfidence=0.02, keepBias=-1),
    case("levenshtein", 3, passes=2, acceptConfidence=0.05),
    case("levenshtein", 4, passes=7, acceptConfidence=0.03, minimumEditProbability=0.5),
    case("levenshtein", 5, passes=5, lexicon=(" teh", [" the", " then"]), acceptConfidence=0.05, keepBias=-3),
    case("mask-predict", 0, "rephrase", passes=1, lengthBeam=3),
    case("mask-predict", 1, "rephrase", passes=4, lengthBeam=3),
    case("mask-predict", 5, "summarize", passes=7, lengthBeam=1),
    case("mask-predict", 2, "simplify", passes=5, lengthBeam=5, rerankWeight=0.6),
    case("mask-predict", 4, "rephrase", passes=3, draft=[60, 1, 1, 71, 1, 1, 80]),
    case("mask-predict", 5, "shorten", passes=10, targetLength=4),
    case("mask-predict", 1, "rephrase", passes=8, lengthBeam=2, exact=False),
    case("mask-predict", 0, "rephrase", passes=5, lengthBeam=3, rerankWeight=0.6, positions=25),
    case("single-pass", 0, "rephrase", lengthBeam=3),
    case("single-pass", 3, "shorten", passes=2, lengthBeam=4, rerankWeight=0.5),
    case("mist", 0, "rephrase", passes=5),
    case("mist", 4, "rephrase", passes=7),
    case("mist", 5, "shorten", passes=30, targetLength=2),
    case("mist", 0, "rephrase", passes=1),
    case("mist", 3, "rephrase", passes=11),
    case("autoregressive", 0, "rephrase", passes=6),
    case("autoregressive", 5, "summarize", passes=20),
    case("autoregressive", 3, "rephrase", passes=6, draft=[60, 71, 80, 1, 90], lockedDraft=[1]),
    *(case(decoder, text, task, **more) for decoder, text, task, more in EDITING_CASES),
    *(case(decoder, text, task, **more) for decoder, text, task, more in GENERATING_CASES),
]
DEFAULT_PASSES = {"edit-tags": 1, "levenshtein": 3, "mask-predict": 4, "single-pass": 1, "mist": 5}


CTC_DECODERS = ("ctc", "imputer")


def model_name(case: dict) -> str:
    """Folder under test/fixtures whose model decodes this case; the traces of all lie together in the first one."""
    return "tiny-ctc" if case["decoder"] in CTC_DECODERS else "tiny"


def golden(case: dict, network: ReferenceNetwork, tokenizer: Tokenizer) -> dict:
    encoding = tokenizer.encode(case["text"], add_special_tokens=False)
    low = case["text"].find(case["protect"]) if case["protect"] else -1
    high = low + len(case["protect"])
    protected = [low >= 0 and start < high and end > low for start, end in encoding.offsets]
    entries = []
    if case["lexicon"]:
        word, candidates = case["lexicon"]
        at = case["text"].find(word)
        covered = [i for i, (start, end) in enumerate(encoding.offsets) if start < at + len(word) and end > at]
        entries = [
            {"start": covered[0], "end": covered[-1] + 1, "candidates": [tokenizer.encode(c).ids for c in candidates]}
        ]
    source = Source(case["task"], encoding.ids, protected, entries)

    def text(token: int) -> str:
        return tokenizer.decode([token])

    decoder, options = case["decoder"], case["options"]
    reference, usual = EDITING.get(decoder, (None, DEFAULT_PASSES.get(decoder, 0)))
    writer, usual = GENERATING.get(decoder, (None, usual))
    if case["positions"]:
        network = network.with_positions(case["positions"])
    tracer = Tracer(decoder, text, options.get("passes", usual))
    if reference:
        result = reference(network, source, options, tracer, text)
    elif writer:
        result = writer(network, source, options, tracer)
    elif decoder == "edit-tags":
        result = edit_tags(network, source, options, tracer, text)
    elif decoder == "levenshtein":
        result = levenshtein(network, source, options, tracer, text)
    elif decoder == "mist":
        result = mist(network, source, options, tracer)
    elif decoder == "single-pass" and "sourceCopy" in options:
        result = masked_refinement(network, source, options, tracer)
    elif decoder == "autoregressive":
        result = autoregressive(network, source, options, tracer)
    else:
        result = refinement(decoder, network, source, options, tracer, 3)
    result["passes"] = tracer.passes
    trace = {
        "version": 1,
        "task": case["task"],
        "system": decoder,
        "options": options,
        "model": {"name": model_name(case), "version": "1.0.0", "device": "cpu", "dtype": "fp32"},
        "sourceText": case["text"],
        "source": [
            {"id": token, "text": text(token), "start": start, "end": end, **({"protected": True} if flag else {})}
            for token, (start, end), flag in zip(encoding.ids, encoding.offsets, protected, strict=True)
        ],
        "steps": tracer.steps,
        "output": tokenizer.decode(result["ids"]),
        "stop": result["stop"],
        "passes": tracer.passes,
        "milliseconds": 0,
    }
    return {
        "trace": trace,
        "lexicon": entries,
        "result": result,
        **({"positions": case["positions"]} if case["positions"] else {}),
    }


def rounded(value):
    """Seven digits are far below the tolerance and halve the files."""
    if isinstance(value, float):
        return float(f"{value:.7g}")
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return {name: rounded(item) for name, item in value.items()} if isinstance(value, dict) else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    model = tiny_model()
    tokenizer = tiny_tokenizer(model.configuration.vocabulary)
    difference = write_folder(arguments.output, model, tokenizer)
    ctc_model = tiny_ctc_model()
    write_folder(arguments.output.with_name("tiny-ctc"), ctc_model, tokenizer, ["ctc"])
    networks = {"tiny": ReferenceNetwork(model), "tiny-ctc": ReferenceNetwork(ctc_model)}
    folder = arguments.output / "traces"
    folder.mkdir(parents=True, exist_ok=True)
    numbers: dict[str, int] = {}
    for item in CASES:
        numbers[item["decoder"]] = numbers.get(item["decoder"], 0) + 1
        value = golden(item, networks[model_name(item)], tokenizer)
        path = folder / f"{item['decoder']}-{numbers[item['decoder']]}.json"
        path.write_text(json.dumps(rounded(value), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
        actions = [step["action"] for step in value["trace"]["steps"]]
        print(path.name, value["result"]["stop"], *actions, len(value["result"].get("edits", [])), "edits")
    size = sum(file.stat().st_size for file in arguments.output.rglob("*") if file.is_file())
    print(f"{arguments.output}: {size} bytes, graph against PyTorch {difference:.1e}")


if __name__ == "__main__":
    main()
