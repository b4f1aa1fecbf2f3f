"""The wrong lines of mutants.py: which file, the right line, the wrong one, and the tests that must catch it.

Lines are given without their indentation and must occur once in their file. Whoever rewrites one of these lines gives
its new form here. Those of the first list are what an audit tried, 22 of which no test noticed then.
"""

from dataclasses import dataclass

from .mutant_systems import SYSTEMS

J, M, P, S = "objectives/janus.py", "objectives/mist.py", "objectives/pairs.py", "objectives/spans.py"
GENERATION, RUNS, DECODE = "stages/generation.py", "research/runs.py", "research/decode.py"


def parts(file: str, name: str) -> str:
    return f"test_{file}.py::test_parts_total_and_gradients_are_those_of_the_equations[{name}]"


JANUS_PARTS, JANUS_CODE, DIRECT = (
    parts("janus", name) for name in ("paper-change", "code-change", "joint-divergence-change")
)
JANUS_POOLED, MIST_POOLED = parts("janus", "paper-pooled"), parts("mist", "paper-pooled")
MIST_PARTS, MIST_HOST, MIST_CODE = (parts("mist", name) for name in ("paper-change", "host-change", "code-change"))
JANUS_PAPER, MIST_PAPER = (f"test_{name}.py::test_the_paper_is_the_paper" for name in ("janus", "mist"))
JANUS_MASKS = "test_janus.py::test_masks_equal_the_definition_in_a_loop"
JANUS_GOLD = "test_janus.py::test_no_stream_sees_the_token_that_it_predicts[paper]"
SPANS = "test_janus.py::test_spans_hide_the_number_and_come_in_runs_of_poisson_length"
WHOLE_SPANS = "test_janus.py::test_all_spans_but_one_are_whole"
SHARES = "test_janus.py::test_a_share_is_a_share_and_none_is_drawn_anew"
SPOILT = "test_janus.py::test_pretraining_hides_a_third_of_the_source_and_half_of_the_draft"
MIXED = "test_mist.py::test_a_mixed_source_is_a_pair_of_its_own"
MIST_GOLD = "test_mist.py::test_neither_pass_sees_a_hidden_token"
SCORED = "test_mist.py::test_revealed_tokens_are_not_scored_where_only_hidden_ones_are"
GLANCES = "test_mist.py::test_glances_are_counted_on_the_pass_that_is_named"
STAGE = "test_totals.py::test_the_stage_trains_what_the_name_says"
RUN_NAMES = "test_research.py::test_a_run_trains_what_its_name_says"
CMLM = "test_totals.py::test_cmlm_scores_the_hidden_slots"
GLAT = "test_totals.py::test_glancing_reveals_by_the_pass_from_nothing_and_scores_the_rest"
INAT = "test_totals.py::test_every_pass_of_inat_reads_the_answer_of_the_pass_before"
LEVENSHTEIN = "test_totals.py::test_levenshtein_fills_and_judges_its_own_filling"
DIFFUSION = "test_totals.py::test_masked_diffusion_weighs_a_slot_by_its_time"
SMOOTHING = "test_objectives.py::test_smoothing_spreads_over_what_may_be_written"
LENGTH = "test_objectives.py::test_the_loss_of_the_length_is_that_of_its_class"
POOLED = "test_objectives.py::test_a_pooled_length_is_told_as_a_change"
ROWS = "test_mixed_rows.py::test_a_quarter_of_the_hidden_rows_are_mixed_with_their_answers"
AVERAGES = "test_research.py::test_the_last_times_are_averaged_and_an_interrupt_changes_nothing"


def total(name: str) -> str:
    return f"test_totals.py::test_the_total_is_the_sum_of_its_parts[{name}]"


@dataclass(frozen=True)
class Mutant:
    about: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def wrong(file: str, *rows: tuple[str, str, str, str]) -> list[Mutant]:
    return [Mutant(about, file, old, new, (test,)) for about, old, new, test in rows]


KL = "divergence = options.divergence_scale * part(two_way_divergences(logits[left], logits[right]))"
AUXILIARY = "seen |= (row == AUXILIARY_QUERY) & (((column == GOLD) & earlier) | ((column == HIDDEN) & ~earlier))"
PSEUDO = 'pseudo = pairs.pseudo if options.mixing == "static" else best_tokens(model, rows.detach(), real)'
SECOND = "second, _ = answers(model, mixed_source(pairs, pseudo), slots)"
TOKENS = "parts[name] = (getattr(options, name), part(token_losses(logits[name], wanted, options.smoothing)))"
CODE = '1.0, 0.5, 0.5, 3.0, 1.0, 1.0, length=0.1, divergence_scale=0.5, reduction="mean", hidden_share=0.7'

AUDITED = [
    *wrong(
        M,
        ("the pseudo-target stands behind X", "source = torch.cat([pairs.source[:, :2], pseudo, end, pairs.source[:, 2:]], 1)",
         "source = torch.cat([pairs.source, pseudo, end], 1)", MIXED),
        ("L_NAT is left out", 'parts = {"token": (1.0, token), "length": (options.length_weight, length_loss(model, state, pairs))}',
         'parts = {"token": (0.0, token), "length": (options.length_weight, length_loss(model, state, pairs))}', MIST_PARTS),
        ("half of L_MIST", 'parts["mixed_token"] = (1.0, mixed)', 'parts["mixed_token"] = (0.5, mixed)', MIST_PARTS),
        ("the pseudo-target has segment 1",
         "nothing = torch.zeros((batch, pseudo.shape[1] + 1), dtype=pairs.segments.dtype, device=pseudo.device)",
         "nothing = torch.ones((batch, pseudo.shape[1] + 1), dtype=pairs.segments.dtype, device=pseudo.device)", MIXED),
        ("the pseudo-target is the gold", PSEUDO, "pseudo = pairs.target", MIST_GOLD),
        ("revealed tokens are scored, too", 'scored = real & ~shown if options.scored == "hidden" else real',
         "scored = real", SCORED),
        ("the second pass reads the gold", SECOND,
         "second, _ = answers(model, mixed_source(pairs, pseudo), pairs.target)", MIST_GOLD),
        ("the pseudo-target is of the pass from nothing", PSEUDO,
         "pseudo = best_tokens(model, answers(model, pairs, masked_slots(pairs))[0], real)", MIST_PARTS),
    ),
    *wrong(
        "objectives/glat.py",
        ("glances count what is right", "distance = ((guesses != target) & real).sum(1)",
         "distance = ((guesses == target) & real).sum(1)", "test_objectives.py::test_glancing_reveals_half_of_the_errors"),
    ),
    *wrong(
        J,
        ("one direction of the divergence", "return ((p.exp() - q.exp()) * (p - q)).sum(1)", "return (p.exp() * (p - q)).sum(1)",
         JANUS_PARTS),
        ("the paper's divergence is halved", "divergence_scale: float = 1.0  # of KL(p‖q) + KL(q‖p); the released code halves it",
         "divergence_scale: float = 0.5", JANUS_PAPER),
        ("an AUX query sees gold behind it", AUXILIARY,
         "seen |= (row == AUXILIARY_QUERY) & ((column == GOLD) | ((column == HIDDEN) & ~earlier))", JANUS_GOLD),
        ("<end> is not in the AR loss", 'whole = streams["query"].groups == QUERY  # [batch, T + 1]',
         "whole = F.pad(pairs.real, (0, 1))", JANUS_PARTS),
        ("the divergence of AR is that from NAR", KL, KL.replace("logits[right]", 'logits["parallel"]'), JANUS_PARTS),
        ("AR's logits are shifted by one", 'logits["autoregressive"] = every[:, :-1][hidden]',
         'logits["autoregressive"] = every[:, 1:][hidden]', JANUS_PARTS),
        ("AUX has no gradient from the divergences", KL, KL.replace("logits[right]", "logits[right].detach()"), JANUS_PARTS),
        ("AUX's cross-entropy is left out", 'for name in ("parallel", "auxiliary"):', 'for name in ("parallel",):', JANUS_PARTS),
        ("the divergence is subtracted", 'parts[f"{left}_{right}"] = (weight, divergence)',
         'parts[f"{left}_{right}"] = (-weight, divergence)', JANUS_PARTS),
        ("the divergence is not added", 'parts[f"{left}_{right}"] = (weight, divergence)',
         'parts[f"{left}_{right}"] = (0.0, divergence)', JANUS_PARTS),
        ("the paper's weight of NAR is 0.3", "parallel: float = 1.0", "parallel: float = 0.3", JANUS_PAPER),
        ("the paper's weight of a divergence is 3", "autoregressive_auxiliary: float = 1.0  # the three divergences",
         "autoregressive_auxiliary: float = 3.0", JANUS_PARTS),
        ("AUX is scored against its neighbour's token", TOKENS, TOKENS.replace("wanted,", "wanted.roll(1),"), JANUS_PARTS),
        ("AUX's logits are those of the gold", 'logits["auxiliary"] = model.token_logits(states["auxiliary"][hidden])',
         'logits["auxiliary"] = model.token_logits(states["gold"][hidden])', JANUS_PARTS),
        ("the code's settings hide 30 %", CODE, CODE.replace("0.7", "0.3"),
         "test_janus.py::test_the_settings_draw_the_spans_that_they_name"),
    ),
    *wrong(S, ("all spans have one token", "lengths = torch.poisson(torch.full((batch, tiles), mean), generator=generator)",
               "lengths = torch.ones((batch, tiles))", SPANS)),
    *wrong(
        GENERATION,
        ("the stage's MIST does not mix",
         '"mist": lambda model, pairs, progress: mist_loss(model, pairs, MIST["host"], progress.generator),',
         '"mist": lambda model, pairs, progress: mist_loss(model, pairs, MIST["no-mixing"], progress.generator),', f"{STAGE}[mist-options1]"),
        ("the stage's JANUS is the joint loss",
         '"janus": lambda model, pairs, progress: janus_loss(model, pairs, JANUS["host"], None, progress.generator),',
         '"janus": lambda model, pairs, progress: janus_loss(model, pairs, JOINT_HOST, None, progress.generator),', total("janus")),
    ),
    *wrong(RUNS, ("the dynamic run is static", '"mist-dynamic": mist_run("host"),', '"mist-dynamic": mist_run("static-mixing"),', RUN_NAMES)),
    *wrong(
        DECODE,
        ("iterative MIST does not mix", "slots, _ = fill(model, mixed_source(blank, slots), hidden)",
         "slots, _ = fill(model, blank, hidden)", "test_research.py::test_iterative_mist_puts_each_answer_before_the_source"),
        ("Mask-Predict masks the surest", "ranks = sure.masked_fill(~real, torch.inf).argsort(1).argsort(1)",
         "ranks = (-sure).masked_fill(~real, torch.inf).argsort(1).argsort(1)",
         "test_research.py::test_batched_mask_predict_is_that_of_each_sentence"),
    ),
    *wrong("stages/stage.py", ("MIST's row is never drawn", "and draw < MIST_SHARE", "and draw < 0", ROWS)),
    *wrong(P, ("the change of length has the wrong sign", "wanted = wanted - ((pairs.source != PAD).sum(1) - 3) + offset",
               "wanted = ((pairs.source != PAD).sum(1) - 3) - wanted + offset", LENGTH)),
]  # fmt: skip

MORE = [
    *wrong(
        M,
        ("the whole target is revealed", "slots = torch.where(shown, pairs.target, masked_slots(pairs))", "slots = pairs.target", MIST_GOLD),
        ("mixed glances read the plain source",
         "guesses = best_tokens(model, answers(model, mixed_source(pairs, guesses), hidden)[0], real)",
         "guesses = best_tokens(model, answers(model, pairs, hidden)[0], real)", f"{GLANCES}[mixed]"),
        ("glances are of the other pass", 'if options.glances == "mixed":', 'if options.glances == "plain":', GLANCES),
        ("glances are judged with the target in sight",
         "guesses = best_tokens(model, answers(model, pairs, hidden)[0], real)",
         "guesses = best_tokens(model, answers(model, pairs, pairs.target)[0], real)", f"{GLANCES}[plain]"),
        ("the paper's ratio is 0.3", "glance_ratio: float = 0.5", "glance_ratio: float = 0.3", MIST_PAPER),
        ("the paper scores hidden tokens only", 'scored: str = "all"  # hidden: revealed tokens are not scored, as GLAT has it',
         'scored: str = "hidden"', MIST_PAPER),
        ("the paper takes means", 'reduction: str = "sum"  # pairs.REDUCTIONS', 'reduction: str = "mean"', MIST_PAPER),
        ("the paper has the product's layout", "continued: bool = True  # the draft's layout, pairs.Pairs.continued",
         "continued: bool = False", MIST_PAPER),
        ("the layout is not taken over", "pairs = replace(pairs, continued=options.continued)", "pairs = replace(pairs)", MIST_PARTS),
        ("the setting without mixing mixes", '"no-mixing": replace(HOST, mixing="none"),', '"no-mixing": HOST,', MIST_PAPER),
        ("the second loss is of the first pass", "mixed, seen[\"mixed_accuracy\"] = part(second)",
         'mixed, seen["mixed_accuracy"] = part(rows)', MIST_PARTS),
        ("a pair's sum is divided by its tokens", "return reduced(losses, len(real), options.reduction), (logits.argmax(-1) == wanted).float().mean().item()",
         'return reduced(losses, len(real), "mean"), (logits.argmax(-1) == wanted).float().mean().item()', MIST_PARTS),
        ("a row of the stage reveals its target", "append(row, [BEGIN, *[MASK] * size, END], list(range(size + 2)), [IGNORE, *example.target, IGNORE], DRAFT)",
         "append(row, [BEGIN, *example.target, END], list(range(size + 2)), [IGNORE, *example.target, IGNORE], DRAFT)", ROWS),
    ),
    *wrong(
        P,
        ("smoothing gives to special tokens", "allowed = (logits > NEVER / 2).float()", "allowed = torch.ones_like(logits)", SMOOTHING),
        ("smoothing keeps all of the gold", "return (1 - smoothing) * losses - smoothing * (log_probs * allowed).sum(1) / allowed.sum(1)",
         "return losses - smoothing * (log_probs * allowed).sum(1) / allowed.sum(1)", SMOOTHING),
        ("a sum is a mean", 'return losses.sum() / batch if reduction == "sum" else losses.mean()', "return losses.mean()", JANUS_PARTS),
        ("a mean is a sum", 'return losses.sum() / batch if reduction == "sum" else losses.mean()', "return losses.sum() / batch", JANUS_CODE),
        ("a sum is not divided by the pairs", 'return losses.sum() / batch if reduction == "sum" else losses.mean()',
         'return losses.sum() if reduction == "sum" else losses.mean()', MIST_PARTS),
        ("weights of parts are forgotten", "total = sum((weight * value for weight, value in parts.values()), start=torch.zeros(()))",
         "total = sum((value for weight, value in parts.values()), start=torch.zeros(()))", JANUS_CODE),
        ("the wanted length is one too short", "wanted = pairs.lengths", "wanted = pairs.lengths - 1", LENGTH),
        ("continued positions begin at nought", "places = (places - 1).clamp(min=0) + after[:, None]", "places = (places - 1).clamp(min=0)", MIST_PARTS),
        ("a continued draft has a <begin>", "tokens[:, 0], groups[:, 0] = PAD, PADDING", "tokens[:, 0], groups[:, 0] = BEGIN, DRAFT", MIST_PARTS),
        ("positions count padding", "positions = (real.cumsum(1) - 1).clamp(min=0)",
         "positions = torch.arange(source.shape[1], device=source.device).expand_as(source)", MIXED),
        ("the worst token is taken for the best", "out[chosen] = model.token_logits(rows[chosen]).argmax(-1)",
         "out[chosen] = model.token_logits(rows[chosen]).argmin(-1)", MIST_PARTS),
        ("the length is read from the draft", "return draft[:, 1:-1], model.length_state(source, pairs.source != PAD)",
         "return draft[:, 1:-1], draft[:, 0]", MIST_HOST),
    ),
    *wrong(
        "network/model.py",
        ("the pooled mean counts padding", "share = source.to(hidden.dtype) / source.sum(1, keepdim=True)",
         "share = source.to(hidden.dtype) / source.shape[1]", JANUS_POOLED),
        ("the pooled mean is a sum", "share = source.to(hidden.dtype) / source.sum(1, keepdim=True)",
         "share = source.to(hidden.dtype)", MIST_POOLED),
        ("a pooled length counts special tokens", "length = source.sum(1)[:, None] - 3 + change  # <begin>, task and <end> are no text",
         "length = source.sum(1)[:, None] + change", POOLED),
    ),
    *wrong(
        J,
        ("an AR query sees its own answer", "seen |= (row == QUERY) & (column == CONTENT) & earlier",
         "seen |= (row == QUERY) & (column == CONTENT) & ~later", JANUS_GOLD),
        ("the content sees what comes", "seen |= (row == CONTENT) & (column == CONTENT) & ~later",
         "seen |= (row == CONTENT) & (column == CONTENT)", JANUS_GOLD),
        ("gold sees the mask at its place", "seen |= (row == GOLD) & (((column == GOLD) & ~later) | ((column == HIDDEN) & later))",
         "seen |= (row == GOLD) & (((column == GOLD) & ~later) | ((column == HIDDEN) & ~earlier))", JANUS_MASKS),
        ("the source sees the target", "seen = (column == SOURCE) & (row >= SOURCE)  # padding sees nothing",
         "seen = ((column == SOURCE) | (row == SOURCE)) & (row >= SOURCE)", JANUS_GOLD),
        ("strict queries see themselves", "if not own_key:", "if own_key:", JANUS_MASKS),
        ("an AUX query misses the mask at its place", AUXILIARY, AUXILIARY.replace("~earlier", "later"),
         "test_janus.py::test_the_example_of_the_paper"),
        ("<end> takes the last token's place", "sentence = sentence.scatter(1, lengths[:, None], END)",
         "sentence = sentence.scatter(1, lengths[:, None] - 1, END)", JANUS_PARTS),
        ("the paper does not smooth", "smoothing: float = 0.1", "smoothing: float = 0.0", JANUS_PAPER),
        ("the paper takes means of JANUS", 'reduction: str = "sum"  # pairs.REDUCTIONS', 'reduction: str = "mean"', JANUS_PAPER),
        ("the draft shows the gold", "draft = draft_stream(torch.where(hidden, masked_slots(pairs), pairs.target), lengths)",
         "draft = draft_stream(pairs.target, lengths)", JANUS_GOLD),
        ("the gold stream holds masks", "gold = torch.where(hidden, pairs.target, PAD)", "gold = torch.where(hidden, MASK, PAD)", JANUS_PARTS),
        ("NAR is read at the kept places", 'logits = {"parallel": model.token_logits(states["draft"][:, 1:-1][hidden])}  # of each stream at the hidden places',
         'logits = {"parallel": model.token_logits(states["draft"][:, :-2][hidden])}', JANUS_PARTS),
        ("the ablation with divergences has none", '"joint-divergence": replace(JOINT, autoregressive_parallel=1.0),',
         '"joint-divergence": JOINT,', DIRECT),
        ("pre-training hides as little as the source", '"pretraining": replace(PAPER, hidden_share=0.5, length=0.0, smoothing=0.0),',
         '"pretraining": replace(PAPER, hidden_share=0.3, length=0.0, smoothing=0.0),', JANUS_PAPER),
        ("the host's queries are strict", '"host": replace(PAPER, own_key=True),', '"host": PAPER,', JANUS_PAPER),
        ("AR's loss is of the hidden places", 'losses = token_losses(every[whole], sentence[whole], options.smoothing)',
         'losses = token_losses(every[:, :-1][hidden], wanted, options.smoothing)', JANUS_PARTS),
    ),
    *wrong(
        S,
        ("one token too many is hidden", "return (ranks < counts[:, None]) & real", "return (ranks <= counts[:, None]) & real", SPANS),
        ("everything is hidden where a share is drawn", "counts = torch.minimum((draws * lengths).floor() + 1, lengths)", "counts = lengths", SHARES),
        ("spans have a token more", "lengths = torch.poisson(torch.full((batch, tiles), mean), generator=generator)",
         "lengths = torch.poisson(torch.full((batch, tiles), mean), generator=generator) + 1", WHOLE_SPANS),
    ),
    *wrong(
        "objectives/janus_pretraining.py",
        ("half of the source is hidden", "SOURCE_SHARE = 0.3", "SOURCE_SHARE = 0.5", JANUS_PAPER),
        ("the source's <end> is hidden, too", "text[:, 2:-1] = pairs.source[:, 3:] != PAD  # the last real token is `<end>`",
         "text[:, 2:-1] = pairs.source[:, 2:-1] != PAD", SPOILT),
        ("the source is not spoilt", 'return janus_loss(model, spoilt_source(pairs, generator=generator), JANUS["pretraining"], None, generator)',
         'return janus_loss(model, pairs, JANUS["pretraining"], None, generator)', SPOILT),
    ),
    *wrong(
        "objectives/cmlm.py",
        ("CMLM forgets the length", "return token + LENGTH_WEIGHT * length, figures", "return token, figures", CMLM),
        ("CMLM shows what it hides", "rows, first = answers(model, pairs, torch.where(hidden, masked_slots(pairs), pairs.target))",
         "rows, first = answers(model, pairs, torch.where(hidden, pairs.target, masked_slots(pairs)))", CMLM),
    ),
    *wrong(
        "objectives/glat.py",
        ("GLAT scores what it revealed", "scored = real & ~shown if hidden_only else real", "scored = real", GLAT),
        ("GLAT glances with the target in sight", "rows, _ = answers(model, pairs, all_hidden)", "rows, _ = answers(model, pairs, pairs.target)", GLAT),
        ("GLAT's length does not shrink", "return token + LENGTH_WEIGHT * share * length, figures", "return token + LENGTH_WEIGHT * length, figures", GLAT),
    ),
    *wrong(
        "objectives/inat.py",
        ("every pass reads masks", "answer[real] = drawn(logits, generator)", "pass", INAT),
        ("the mean over passes is the last pass", "token = torch.stack(losses).mean()", "token = losses[-1]", INAT),
    ),
    *wrong(
        "objectives/levenshtein.py",
        ("the judge reads the target", "filled = torch.where(holes, best_tokens(model, rows.detach(), holes), pairs.target)",
         "filled = pairs.target", LEVENSHTEIN),
        ("a wrong token is to be deleted, not generated", "delete = F.cross_entropy(operations, wrong.long() * GENERATE)",
         "delete = F.cross_entropy(operations, wrong.long())", LEVENSHTEIN),
        ("the judge is left out", "return place + fill + delete + LENGTH_WEIGHT * length, figures",
         "return place + fill + LENGTH_WEIGHT * length, figures", total("levenshtein")),
    ),
    *wrong("objectives/masked_diffusion.py", ("the weight forgets the time", "return hidden / (times * lengths)[:, None]",
                                              "return hidden / lengths[:, None]", DIFFUSION)),
    *wrong("objectives/crf.py", ("the CRF has all of the slots' loss", "return sequence + 0.5 * token + LENGTH_WEIGHT * length, figures",
                                 "return sequence + token + LENGTH_WEIGHT * length, figures", total("crf"))),
    *wrong("objectives/bag_of_ngrams.py", ("the bag is left out", "return bag + TOKEN_WEIGHT * token + LENGTH_WEIGHT * length, {",
                                           "return TOKEN_WEIGHT * token + LENGTH_WEIGHT * length, {", total("bag-of-ngrams"))),
    *wrong(
        "research/run.py",
        ("one time too many is averaged", "return (self.steps - step) % apart == 0 and (self.steps - step) // apart < self.average",
         "return (self.steps - step) % apart == 0 and (self.steps - step) // apart <= self.average", AVERAGES),
        ("the average leans on the last", "average[name] = value.clone() if old is None else old + (value - old) / (count + 1)",
         "average[name] = value.clone() if old is None else old + (value - old) / 2", AVERAGES),
        ("other settings are taken for these", 'if content["record"].get("recipe", "") != recipe:', "if False:",
         "test_research.py::test_a_run_of_other_settings_is_not_taken_for_this_one"),
    ),
    *wrong(RUNS, ("static pseudo-targets come from the target", "rows, _ = answers(model, pairs, masked_slots(pairs))",
                  "rows, _ = answers(model, pairs, pairs.target)", "test_research.py::test_static_pseudo_targets_are_one_pass_of_the_start"),
           ("JANUS's checkpoints are not averaged", "average=AVERAGED,", "average=0,", RUN_NAMES)),
    *wrong(DECODE, ("the length's class is taken for the length",
                    "change = model.length_changes(source, pairs.source != PAD).argmax(1) - model.configuration.length_offset",
                    "change = model.length_changes(source, pairs.source != PAD).argmax(1)",
                    "test_research.py::test_the_predicted_length_is_the_best_class")),
    *wrong("stages/distil.py", ("a strict query sees itself when it writes",
                                "step_mask = torch.tensor([[True, False], [True, own_key]]).expand(count * beam, 2, 2)",
                                "step_mask = torch.tensor([[True, False], [True, True]]).expand(count * beam, 2, 2)",
                                "test_distil.py::test_a_strict_query_never_sees_itself")),
    *wrong("network/average.py", ("the first checkpoint counts for all",
                                  'parts = [share * each["model"][name].float() for share, each in zip(shares, contents, strict=True)]',
                                  'parts = [share * first["model"][name].float() for share, each in zip(shares, contents, strict=True)]',
                                  "test_model.py::test_the_average_of_two_checkpoints_is_a_network_between_them")),
]  # fmt: skip

COMPARED = [
    Mutant(about, file, old, new, (f"{tests}::{test}",))
    for file, (tests, rows) in SYSTEMS.items()
    for about, old, new, test in rows
]

MUTANTS = AUDITED + MORE + COMPARED
