"""Wrong lines in the other compared systems (mutant_list.py has the other objectives, mutants.py runs all of them)."""

from .mutant_latents import LATENTS

# file: (test file, [(what is wrong, the right line, the wrong one, test)])
SYSTEMS = LATENTS | {
    "objectives/glancing_ctc.py": (
        "test_system_alignments.py",
        [
            (
                "everything wrong and more is revealed",
                "shown = revealed(log_probs.argmax(2), expert, inside, ratio, generator)",
                "shown = revealed(log_probs.argmax(2), expert, inside, 1.0, generator)",
                "test_what_is_glanced_at_is_the_best_alignment_and_as_much_as_is_wrong",
            ),
            (
                "glances are at the worst alignment",
                "expert = best_alignment(log_probs, counts, pairs.target, pairs.real)",
                "expert = best_alignment(-log_probs, counts, pairs.target, pairs.real)",
                "test_what_is_glanced_at_is_the_best_alignment_and_as_much_as_is_wrong",
            ),
        ],
    ),
    "objectives/mask_ctc.py": (
        "test_system_alignments.py",
        [
            (
                "Mask-CTC's shares do not sum to 1",
                "return share * aligned + (1 - share) * filled, {",
                "return share * aligned + share * filled, {",
                "test_mask_ctc_is_the_weighted_sum_of_both_losses",
            ),
        ],
    ),
    "objectives/align_refine.py": (
        "test_system_alignments.py",
        [
            (
                "Align-Refine reads the source again",
                "slots = alignment_of(log_probs.detach(), counts)",
                "pass",
                "test_align_refine_reads_its_own_alignment",
            ),
        ],
    ),
    "objectives/intermediate_ctc.py": (
        "test_system_alignments.py",
        [
            (
                "the last layer counts twice",
                "loss = (1 - share) * losses[-1] + share * inner",
                "loss = losses[-1] + share * inner",
                "test_the_last_layer_of_intermediate_ctc_is_plain_ctc_until_it_is_conditioned",
            ),
            (
                "layers are not conditioned",
                "return torch.cat([hidden[:, :begin], hidden[:, begin:-1] + added, hidden[:, -1:]], 1)",
                "return torch.cat([hidden[:, :begin], hidden[:, begin:-1], hidden[:, -1:]], 1)",
                "test_the_last_layer_of_intermediate_ctc_is_plain_ctc_until_it_is_conditioned",
            ),
        ],
    ),
    "objectives/edit_durations.py": (
        "test_system_alignments.py",
        [
            (
                "an inserted token joins the token after",
                "owned[max(0, i - 1)] += 1",
                "owned[min(rows - 1, i)] += 1",
                "test_durations_are_a_path_of_least_distance_and_sum_to_the_target",
            ),
            (
                "equal tokens are not preferred",
                "pair = -1 if source[i - 1] == target[j - 1] else unit",
                "pair = 0 if source[i - 1] == target[j - 1] else unit",
                "test_durations_are_a_path_of_least_distance_and_sum_to_the_target",
            ),
        ],
    ),
    "objectives/soft_correct.py": (
        "test_system_alignments.py",
        [
            (
                "trusted tokens may change",
                "return torch.where(free[:, :, None], log_probs, certain)",
                "return log_probs",
                "test_trusted_tokens_say_themselves_and_suspects_have_free_slots",
            ),
            (
                "right tokens are called wrong",
                "return torch.where(right, COPY, torch.where(counts > 0, owned, BLANK))",
                "return torch.where(~right, COPY, torch.where(counts > 0, owned, BLANK))",
                "test_detection_labels_name_what_should_stand_there",
            ),
        ],
    ),
    "objectives/phrases.py": (
        "test_system_alignments.py",
        [
            (
                "phrases need not end",
                "columns.append(torch.where(possible, total + log_probs[:, END], NEVER))",
                "columns.append(torch.where(possible, total, NEVER))",
                "test_the_likelihood_of_phrases_sums_over_all_segmentations",
            ),
            (
                "phrases begin anywhere",
                "came = reached[:, : width - count] + scores[:, n, : width - count, count]",
                "came = reached[:, : width - count] + scores[:, n, count:, count]",
                "test_the_likelihood_of_phrases_sums_over_all_segmentations",
            ),
        ],
    ),
    "objectives/local_pieces.py": (
        "test_system_alignments.py",
        [
            (
                "the less sure end of a piece stays",
                "if other and new >= old:",
                "if other and new < old:",
                "test_pieces_of_a_text_merge_to_the_text",
            ),
            (
                "pieces are read backwards",
                "return longer.unfold(1, size, 1)",
                "return longer.unfold(1, size, 1).flip(2)",
                "test_the_targets_of_pieces_are_the_next_tokens",
            ),
        ],
    ),
    "objectives/fertility.py": (
        "test_system_parts.py",
        [
            (
                "fertilities are not trained",
                "return token + fertility, figures",
                "return token, figures",
                "test_fertility_loss_is_the_sum_of_its_terms_over_plain_loops",
            ),
            (
                "two copies are one",
                "wanted = counts.clamp(max=most)[real]",
                "wanted = counts.clamp(max=1)[real]",
                "test_fertility_loss_is_the_sum_of_its_terms_over_plain_loops",
            ),
        ],
    ),
    "objectives/soft_copy.py": (
        "test_system_parts.py",
        [
            (
                "the temperature sharpens upside down",
                "scores = (-distance / temperature).masked_fill(places >= source_counts[:, None, None], -torch.inf)",
                "scores = (-distance * temperature).masked_fill(places >= source_counts[:, None, None], -torch.inf)",
                "test_soft_copy_weights_are_those_of_the_definition",
            ),
        ],
    ),
    "objectives/left_to_right.py": (
        "test_system_parts.py",
        [
            (
                "no end is wanted from left to right",
                "return wanted.scatter(1, pairs.lengths[:, None], END)",
                "return wanted",
                "test_the_left_to_right_loss_asks_token_by_token",
            ),
        ],
    ),
    "objectives/word_alignment.py": (
        "test_system_parts.py",
        [
            (
                "the diagonal repels",
                "scores = like - diagonal * (at[:, :, None] - of[:, None, :]).abs()",
                "scores = like + diagonal * (at[:, :, None] - of[:, None, :]).abs()",
                "test_alignment_takes_the_likeliest_source_token_near_the_diagonal",
            ),
        ],
    ),
    "objectives/vectors.py": (
        "test_system_parts.py",
        [
            (
                "vectors are not put into their slots",
                "[None, torch.where(is_slot, held, own)],",
                "[None, own],",
                "test_slots_of_mask_vectors_are_masked_slots",
            ),
        ],
    ),
    "research/systems/lengths.py": (
        "test_system_parts.py",
        [
            (
                "long answers are preferred",
                "scores = (sure * asked.real).sum(1) / lengths",
                "scores = (sure * asked.real).sum(1)",
                "test_lengths_from_statistics_and_the_beam_around_them",
            ),
            (
                "the beam lacks its longest length",
                "return [(center + change).clamp(1, longest) for change in range(-reach, reach + 1)]",
                "return [(center + change).clamp(1, longest) for change in range(-reach, reach)]",
                "test_lengths_from_statistics_and_the_beam_around_them",
            ),
        ],
    ),
    "research/systems/tricks.py": (
        "test_system_alignments.py",
        [
            (
                "equal neighbours need no blank between them",
                "there[1] = add(there[1], (ended if repeats else add(ended, open_)) + value)",
                "there[1] = add(there[1], add(ended, open_) + value)",
                "test_the_search_knows_when_a_token_is_said_twice_and_how_much_the_language_model_counts",
            ),
            (
                "the language model's weight is 1",
                "bonus[longer] = bonus[prefix] + alpha * said + beta",
                "bonus[longer] = bonus[prefix] + said + beta",
                "test_the_search_knows_when_a_token_is_said_twice_and_how_much_the_language_model_counts",
            ),
        ],
    ),
    "research/systems/ctc_family.py": (
        "test_system_alignments.py",
        [
            (
                "a merged token is as sure as its last slot",
                "scores[-1] = max(scores[-1], value)",
                "scores[-1] = value",
                "test_a_merged_token_is_as_sure_as_its_surest_slot",
            ),
        ],
    ),
    "objectives/adjusted_mask_ctc.py": (
        "test_system_refiners.py",
        [
            (
                "adjustment is not trained",
                'return loss + adjustment, {**figures, "adjustment": adjustment.item()}',
                'return loss, {**figures, "adjustment": adjustment.item()}',
                "test_each_mask_becomes_as_many_as_it_stands_for",
            ),
            (
                "what a mask stands for is said twice",
                "place += size",
                "place += 1",
                "test_drafts_of_adjustment_stand_for_the_answer",
            ),
        ],
    ),
    "objectives/ended_slots.py": (
        "test_system_refiners.py",
        [
            (
                "no room for the end",
                "return -(-(length + 1) // BUCKET) * BUCKET",
                "return -(-length // BUCKET) * BUCKET",
                "test_ended_slots_score_the_answer_and_its_end_only",
            ),
        ],
    ),
    "objectives/latent_score.py": (
        "test_system_refiners.py",
        [
            (
                "the step is the place",
                "move = posterior_of(model, Pairs(pairs.source, pairs.segments, written))[0] - latents",
                "move = posterior_of(model, Pairs(pairs.source, pairs.segments, written))[0]",
                "test_the_learnt_step_is_that_of_the_delta_posterior",
            ),
        ],
    ),
    "research/systems/dependency.py": (
        "test_system_refiners.py",
        [
            (
                "words to come are hidden, too",
                "hidden[:, place] = pairs.real[:, place]",
                "hidden[:, place:] = pairs.real[:, place:]",
                "test_the_dependency_is_the_difference_of_two_losses_token_by_token",
            ),
        ],
    ),
    "research/systems/levenshtein.py": (
        "test_system_refiners.py",
        [
            (
                "the last round deletes, too",
                "if number + 1 < most:",
                "if True:",
                "test_what_the_operation_head_refuses_is_deleted_before_the_next_round",
            ),
        ],
    ),
}
