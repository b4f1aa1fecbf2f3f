"""Measure the shipped product on the dev sets and write docs/results.

python -m nar_training.evaluate correct --model models/NAME           # node dist/cli.js correct --jsonl ...
python -m nar_training.evaluate correct --predictions FILE --name NAME
python -m nar_training.evaluate peers --peers FOLDER  # aspell, hunspell, codespell, cspell, harper.js, lookup
python -m nar_training.evaluate paraphrase | summarize --model models/NAME
python -m nar_training.evaluate curves --model models/NAME            # decoders and budgets: quality against time
python -m nar_training.evaluate pages                                 # the Markdown pages from the JSON files again

FOLDER for the peers holds node_modules with harper.js and cspell-lib, and a virtual environment "venv" with codespell;
they are no dependencies of this project.
"""

import argparse
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ..data.guard import DataError
from ..data.paths import DATA, LEXICON, REPOSITORY
from . import correct, curves, report, systems
from .compression import measure_compression, traced
from .paraphrase import measure_paraphrase, paraphrase_items
from .summarize import baselines, measure_summaries, summary_items

RESULTS = REPOSITORY / "docs" / "results"


def shown_command() -> str:
    """This command without folders of this machine."""
    words = [Path(word).name if Path(word).is_absolute() else word for word in sys.argv[1:]]
    return "python -m nar_training.evaluate " + shlex.join(words)


def product_command(arguments: argparse.Namespace, command: str, *options: str) -> list[str]:
    words = ["node", str(REPOSITORY / arguments.cli), command, "--jsonl", "--format", "markdown", *options]
    return [
        *words,
        *(["--model", str(REPOSITORY / arguments.model)] if arguments.model else []),
        *arguments.cli_options,
    ]


def trace_command(arguments: argparse.Namespace) -> list[str]:
    """Reads one sentence from standard input; its first step has the operations of the "shorten" task."""
    words = [
        "node",
        str(REPOSITORY / arguments.cli),
        "trace",
        "--task",
        "shorten",
        "--decoder",
        "edit-tags",
        "--format",
        "plain",
        "--json",
    ]
    return [*words, *(["--model", str(REPOSITORY / arguments.model)] if arguments.model else [])]


def product_answers(arguments: argparse.Namespace, items: list, command: str, *options: str) -> systems.Answers:
    if arguments.predictions:
        return systems.read_predictions(arguments.predictions, items)
    return systems.run_cli(product_command(arguments, command, *options), items)


def product_name(arguments: argparse.Namespace) -> str:
    return arguments.name or (Path(arguments.model).name if arguments.model else "bundled model")


def describe(arguments: argparse.Namespace, command: str, *options: str) -> dict:
    words = " ".join(product_command(arguments, command, *options)).replace(f"{REPOSITORY}/", "")
    inner = "" if arguments.predictions else f"; it runs: {words}"
    manifest = REPOSITORY / (arguments.model or "") / "manifest.json"
    version = (
        ""
        if arguments.predictions or not manifest.is_file()
        else f"model version {report.read_json(manifest)['version']}"
    )
    return {
        "system": product_name(arguments),
        "order": arguments.order,
        "version": version,
        "command": shown_command() + inner,
        "by_type": True,
    }


def run_correct(arguments: argparse.Namespace) -> None:
    sets = correct.test_items(arguments.data, arguments.limit, arguments.prose_words)
    answers = product_answers(arguments, correct.flat(sets), "correct")
    result = describe(arguments, "correct") | correct.measure(sets, answers, correct.known_words(arguments.lexicon))
    print(report.write_result(arguments.output, f"correction-{product_name(arguments)}", result))


def peer_runs(peers: Path, lexicon: Path) -> dict[str, tuple[str, Callable]]:
    node = [shutil.which("node") or "node"]
    runs: dict[str, tuple[str, Callable]] = {
        "do nothing": ("", systems.unchanged),
        "lookup alone": ("models/lexicon", lambda items: systems.lookup(lexicon, items)),
        "lookup and near words": (
            "models/lexicon and near_words.py",
            lambda items: systems.near_lookup(lexicon, items),
        ),
    }
    for name, command in (
        ("aspell", ["aspell", "-a", "--lang=en_US", "--encoding=utf-8"]),
        ("hunspell", ["hunspell", "-a", "-d", "en_US", "-i", "utf-8"]),
    ):
        if shutil.which(name):
            version = (
                subprocess.run([name, "-v"], capture_output=True, text=True, check=False).stdout.strip().split("\n")[0]
            )
            runs[name] = (version, lambda items, command=command: systems.spell_checker(command, items))
    program = peers / "venv" / "bin" / "codespell"
    if program.exists():
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        runs["codespell"] = (version, lambda items: systems.codespell([str(program)], items))
    for name, package, script in (("harper", "harper.js", "harper.mjs"), ("cspell", "cspell-lib", "cspell.mjs")):
        found = peers / "node_modules" / package / "package.json"
        if found.exists():
            command = [*node, str(systems.PEERS / script), str(peers)]
            runs[name] = (
                f"{package} {report.read_json(found)['version']}",
                lambda items, command=command: systems.run_cli(command, items),
            )
    return runs


def run_peers(arguments: argparse.Namespace) -> None:
    sets = correct.test_items(arguments.data, arguments.limit, arguments.prose_words)
    known = correct.known_words(arguments.lexicon)
    for name, (version, run) in peer_runs(arguments.peers, arguments.lexicon).items():
        if arguments.only and name not in arguments.only:
            continue
        head = {
            "system": name,
            "version": version,
            "command": shown_command(),
            "by_type": name in ("lookup alone", "harper"),
        }
        result = head | correct.measure(sets, run(correct.flat(sets)), known)
        print(report.write_result(arguments.output, f"correction-{name.replace(' ', '-')}", result), flush=True)


def run_paraphrase(arguments: argparse.Namespace) -> None:
    sets = paraphrase_items(arguments.data, arguments.mode)
    options = ("--mode", arguments.mode)
    if arguments.baselines:
        answers = systems.phrases(arguments.lexicon, correct.flat(sets))
        result = {"system": "phrases alone", "command": shown_command(), "mode": arguments.mode} | measure_paraphrase(
            sets, answers
        )
        print(report.write_result(arguments.output, f"paraphrase-phrases-alone-{arguments.mode}", result))
        return
    answers = product_answers(arguments, correct.flat(sets), "paraphrase", *options)
    result = describe(arguments, "paraphrase", *options) | {"mode": arguments.mode} | measure_paraphrase(sets, answers)
    if "google_compression" in sets:
        command = trace_command(arguments)
        result["sets"]["google_compression"] |= measure_compression(
            sets["google_compression"], lambda item: traced(command, item)
        )
    print(report.write_result(arguments.output, f"paraphrase-{product_name(arguments)}-{arguments.mode}", result))


def run_summarize(arguments: argparse.Namespace) -> None:
    items = summary_items(arguments.data, arguments.limit)
    options = ("--length", arguments.length)
    if arguments.baselines:
        for name, result in baselines(items).items():
            print(
                report.write_result(
                    arguments.output, f"summary-{name}", {"system": name, "command": shown_command()} | result
                )
            )
        return
    answers = product_answers(arguments, items, "summarize", *options)
    result = describe(arguments, "summarize", *options) | measure_summaries(items, answers)
    print(report.write_result(arguments.output, f"summary-{product_name(arguments)}-{arguments.length}", result))


def run_curves(arguments: argparse.Namespace) -> None:
    def ask(command: str, items: list, options: tuple[str, ...]) -> systems.Answers:
        print(command, *options, flush=True)
        return systems.run_cli(product_command(arguments, command, *options), items)

    manifest = report.read_json(REPOSITORY / (arguments.model or "models/nar-base") / "manifest.json")
    result = {"command": shown_command(), "version": f"{manifest['name']} {manifest['version']}"} | curves.measure(
        arguments.data, arguments.lexicon, ask
    )
    print(report.write_result(arguments.output, "curves", result))
    path = arguments.output / "curves.md"
    path.write_text(curves.page(result, path.read_text(encoding="utf-8") if path.exists() else ""), encoding="utf-8")


def write_pages(folder: Path) -> None:
    pages = {"correction": report.correction_page, "paraphrase": report.paraphrase_page, "summary": report.summary_page}
    for name, page in pages.items():
        results = report.read_results(folder, name)
        if results:
            path = folder / f"{name}.md"
            path.write_text(page(results), encoding="utf-8")
            print(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["correct", "peers", "paraphrase", "summarize", "curves", "pages"])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--output", type=Path, default=RESULTS)
    parser.add_argument("--cli", default="dist/cli.js", help="relative to the repository")
    parser.add_argument(
        "--model", help="model folder, relative to the repository; default: the one that the product picks"
    )
    parser.add_argument(
        "--cli-options", nargs="*", default=[], help="passed on, for example --cli-options=--decoder=levenshtein"
    )
    parser.add_argument("--name", help="name of the row; default: the model's")
    parser.add_argument("--order", type=int, default=10, help="place of the row in the tables")
    parser.add_argument(
        "--predictions", type=Path, help="answers that were written before, instead of running the program"
    )
    parser.add_argument("--peers", type=Path, default=Path("peers"))
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--limit", type=int, help="at most this many sentences of a set, drawn by a fixed seed")
    parser.add_argument("--prose-words", type=int, default=20000)
    parser.add_argument("--mode", default="rephrase")
    parser.add_argument("--length", default="sentence")
    parser.add_argument("--baselines", action="store_true")
    arguments = parser.parse_args()
    runs = {
        "correct": run_correct,
        "peers": run_peers,
        "paraphrase": run_paraphrase,
        "summarize": run_summarize,
        "curves": run_curves,
    }
    try:
        if arguments.what in runs:
            runs[arguments.what](arguments)
        write_pages(arguments.output)
    except (DataError, systems.SystemFailed) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
