"""Wrong lines in the compared systems that test_system_latents.py tests."""

# file: (test file, [(what is wrong, the right line, the wrong one, test)])
LATENTS = {
    "objectives/edit_invariant.py": (
        "test_system_latents.py",
        [
            (
                "n-grams are sought over the reference",
                "where = keys.masked_fill(~inside[:, :, None], -1e9).softmax(1)  # over the slots t",
                "where = keys.masked_fill(~inside[:, :, None], -1e9).softmax(2)  # over the slots t",
                "test_edit_invariant_loss_over_plain_loops",
            ),
            (
                "an n-gram's tokens are not in a row",
                "return sum(said[:, k : width + k, k : width + k] for k in range(size)) / size",
                "return sum(said[:, : width, k : width + k] for k in range(size)) / size",
                "test_edit_invariant_loss_over_plain_loops",
            ),
        ],
    ),
    "objectives/energy.py": (
        "test_system_latents.py",
        [
            (
                "the energy asks for the token before",
                "said = (output * log_probs[:, :-1].clamp(min=-100)).sum(2) * pairs.real",
                "said = (output * log_probs[:, 1:].clamp(min=-100)).sum(2) * pairs.real",
                "test_the_energy_of_a_certain_answer_is_the_teachers_loss",
            ),
            (
                "the energy leaves the end out",
                "return -(said.sum(1) + ends) / (lengths + 1)",
                "return -said.sum(1) / (lengths + 1)",
                "test_the_energy_of_a_certain_answer_is_the_teachers_loss",
            ),
            (
                "no gradient goes straight through",
                "return hard + soft - soft.detach()",
                "return hard",
                "test_the_gradient_of_the_energy_reaches_the_answer_and_not_the_teacher",
            ),
        ],
    ),
    "objectives/token_distillation.py": (
        "test_system_latents.py",
        [
            (
                "the teacher's distributions are a token late",
                "states = left_to_right_states(teacher, pairs)[:, :-1]",
                "states = left_to_right_states(teacher, pairs)[:, 1:]",
                "test_distilled_distributions_over_plain_loops",
            ),
        ],
    ),
    "objectives/semi_autoregressive.py": (
        "test_system_latents.py",
        [
            (
                "a block sees a token of its own",
                "earlier = positions[:, None, :] <= block * blocks[:, :, None]",
                "earlier = positions[:, None, :] <= block * blocks[:, :, None] + 1",
                "test_who_sees_whom_in_blocks_is_the_definition",
            ),
            (
                "a block sees the queries of earlier ones",
                "beside = (row == QUERY) & (column == QUERY) & (blocks[:, :, None] == blocks[:, None, :])",
                "beside = (row == QUERY) & (column == QUERY) & (blocks[:, :, None] >= blocks[:, None, :])",
                "test_who_sees_whom_in_blocks_is_the_definition",
            ),
        ],
    ),
    "objectives/deep_shallow.py": (
        "test_system_latents.py",
        [
            (
                "the shallow decoder sees what is to come",
                "causal = torch.ones(length, length, dtype=torch.bool).tril().expand(len(tokens), -1, -1)",
                "causal = torch.ones(length, length, dtype=torch.bool).expand(len(tokens), -1, -1)",
                "test_the_shallow_decoder_writes_what_its_training_pass_says",
            ),
        ],
    ),
    "objectives/kermit.py": (
        "test_system_latents.py",
        [
            (
                "the wrong side of KERMIT is open",
                "canvas_of(row[:size], stays[:size], mode != whole)",
                "canvas_of(row[:size], stays[:size], mode == whole)",
                "test_kermit_asks_the_gaps_of_the_sides_that_its_mode_opens",
            ),
            (
                "the source's canvas is read a place too early",
                "for states, side, offset in zip(hidden, sides, (2, 1), strict=True):",
                "for states, side, offset in zip(hidden, sides, (1, 1), strict=True):",
                "test_kermit_asks_the_gaps_of_the_sides_that_its_mode_opens",
            ),
        ],
    ),
    "objectives/latent_gaussian.py": (
        "test_system_latents.py",
        [
            (
                "the divergence's last term has the wrong sign",
                "return 0.5 * (ratio + shift - 1 - 2 * (log_deviation - prior_log)).sum(-1)",
                "return 0.5 * (ratio + shift - 1 + 2 * (log_deviation - prior_log)).sum(-1)",
                "test_divergence_is_that_of_torch",
            ),
            (
                "the posterior does not see the answer",
                "known[:, 1:-1] = pairs.target",
                "known[:, 1:-1] = MASK",
                "test_the_posterior_sees_the_answer_and_the_prior_does_not",
            ),
        ],
    ),
    "objectives/latent_flow.py": (
        "test_system_latents.py",
        [
            (
                "actnorm's stretch is not counted",
                "total = (scale.sum(2) + self.scale.sum()) * real",
                "total = scale.sum(2) * real",
                "test_the_flow_is_invertible_and_its_stretch_is_the_jacobians",
            ),
            (
                "a coupling is undone in the wrong order",
                "z = self.joined(fixed, moved * (-scale).exp() - shift)",
                "z = self.joined(fixed, (moved - shift) * (-scale).exp())",
                "test_the_flow_is_invertible_and_its_stretch_is_the_jacobians",
            ),
        ],
    ),
    "objectives/codebook.py": (
        "test_system_latents.py",
        [
            (
                "codes are the farthest",
                "return distances.argmin(1).view(vectors.shape[:-1])",
                "return distances.argmax(1).view(vectors.shape[:-1])",
                "test_codes_are_the_nearest_and_their_gradient_goes_straight_through",
            ),
        ],
    ),
    "objectives/latent_codes.py": (
        "test_system_latents.py",
        [
            (
                "padding counts in the mean of a group",
                "return total / weights.sum(2, keepdim=True).clamp(min=1), weights.sum(2) > 0",
                "return total / rate, weights.sum(2) > 0",
                "test_means_of_groups_leave_padding_out",
            ),
        ],
    ),
    "objectives/reordering.py": (
        "test_system_latents.py",
        [
            (
                "the pointer is not trained",
                "return token + pointed + LENGTH_WEIGHT * length, figures",
                "return token + LENGTH_WEIGHT * length, figures",
                "test_reordering_points_at_real_tokens_and_both_terms_count",
            ),
        ],
    ),
    "objectives/granularity.py": (
        "test_system_latents.py",
        [
            (
                "links before a phrase may leave it",
                "outside = links[:begin] + links[end:]",
                "outside = links[end:]",
                "test_consistent_phrases_by_definition",
            ),
        ],
    ),
    "objectives/chunks.py": (
        "test_system_latents.py",
        [
            (
                "a chunk's slots count from its end",
                "begin = (ends - sizes).gather(1, owner)",
                "begin = (ends).gather(1, owner)",
                "test_slots_know_their_chunk_and_their_place_in_it",
            ),
        ],
    ),
    "objectives/adversarial.py": (
        "test_system_latents.py",
        [
            (
                "the writer helps the adversary",
                "return -context.weight * gradient, None",
                "return context.weight * gradient, None",
                "test_the_adversarys_gradient_is_turned_for_the_writer_only",
            ),
        ],
    ),
    "objectives/recurrent_layer.py": (
        "test_system_latents.py",
        [
            (
                "the cell reads the token after",
                "rows, _ = with_memory(model, rows, torch.cat([begin, pairs.target[:, :-1]], 1))",
                "rows, _ = with_memory(model, rows, torch.cat([begin, pairs.target[:, 1:]], 1))",
                "test_the_recurrent_layers_loss_reads_the_token_before",
            ),
        ],
    ),
    "research/systems/semi_autoregressive.py": (
        "test_system_latents.py",
        [
            (
                "a query's keys stay in the cache",
                "keys = torch.cat([keys, new_keys[:, :, :, :size]], 3)",
                "keys = torch.cat([keys, new_keys[:, :, :, -size:]], 3)",
                "test_blocks_are_written_as_they_are_trained",
            ),
        ],
    ),
}
