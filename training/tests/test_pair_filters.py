"""What the filters of the teacher's answers let through and refuse: a pair a kind that differs in that alone."""

from collections.abc import Callable
from functools import partial

import pytest

from nar_training.data import pair_filters as says
from nar_training.data.pair_modes import (
    changed_words,
    filters_for,
    is_unchanged,
    nothing_lost,
    prepared,
    right_length,
    same_places,
)
from nar_training.data.restore_style import restore_style
from nar_training.data.word_relations import WordRelations, stem

VERBS = frozenset("set use run open close delete back choose finish restart return".split())
LEMMAS = {
    "opens": "open",
    "opened": "open",
    "removes": "remove",
    "removed": "remove",
    "ran": "run",
    "utilizes": "utilize",
    "deletes": "delete",
    "deleting": "delete",
    "removing": "remove",
}
RELATIONS = WordRelations(LEMMAS, {"remove": {"delete"}, "start": {"begin"}})

AGREE = [
    (says.same_numbers, "Wait 30 seconds for two answers.", "Two answers take 30 seconds."),
    (says.same_code, "The `port` of max_size is HTTP only.", "Of max_size, `port` is HTTP only."),
    (says.same_links, "See [the guide](a.md) first.", "First read [the guide](a.md)."),
    (says.same_names, "The relay runs on Debian and Fedora.", "Fedora and Debian run the relay."),
    (says.same_negation, "The file is not read.", "Nothing reads the file."),
    (says.same_modals, "It is possible to set a port.", "You can set a port."),
    (says.same_modals, "The relay lets you set a port.", "You can set a port with the relay."),
    (says.same_modals, "The port may change.", "Possibly the port changes."),
    (says.same_modals, "The relay will open the file.", "The relay opens the file."),
    (says.same_quantities, "A number of files are left.", "Several files are left."),
    (says.same_quantities, "At least three files are left.", "Three or more files are left."),
    (says.same_conditions, "In the event that it stops, it logs.", "If it stops, it logs."),
    (says.same_conditions, "It stops prior to the update.", "It stops before the update."),
    (says.same_persons, "We close the file.", "Our job closes the file, and we go on."),
    (says.same_tense, "The port was set.", "They were the ones who set the port."),
    (says.same_subject, "This opens the file.", "The file is opened by this."),
    (partial(says.same_subject, base_verbs=VERBS), "Uses of the port are few.", "There are few uses of the port."),
    (says.same_conditions, "Check whether it is open.", "Check if it is open."),
    (says.same_ending, "Set the port:", "The port is set like this:"),
    (says.same_style, "It isn't there.", "It doesn't exist."),
]
DISAGREE = [
    (says.same_numbers, "Wait 30 seconds.", "Wait 60 seconds."),
    (says.same_numbers, "It answers twice.", "It answers."),
    (says.same_code, "Set `port` first.", "Set `ports` first."),
    (says.same_code, "The --force flag helps.", "The force flag helps."),
    (says.same_links, "See [the guide](a.md).", "See the guide."),
    (says.same_names, "The relay runs on Debian.", "The relay runs on Linux Debian."),
    (
        partial(says.same_names, base_verbs=VERBS),
        "In the dialog, choose Finish and wait.",
        "Finish the dialog and wait.",
    ),
    (says.same_negation, "The file is not read.", "The file is read."),
    (says.same_modals, "The port can change.", "The port must change."),
    (says.same_modals, "You should set a port.", "You can set a port."),
    (says.same_modals, "The port changes.", "The port may change."),
    (says.same_modals, "The relay opens the file.", "The relay will open the file."),
    (says.same_quantities, "Only the first file is read.", "The first file is read."),
    (says.same_quantities, "The files are often empty.", "The files are empty."),
    (says.same_quantities, "Such a file is read.", "A file is read."),
    (says.same_conditions, "It stops unless it is set.", "It stops and is set."),
    (
        says.same_conditions,
        "A call where none is open and set has no effect.",
        "A call where it is open and set has no effect.",
    ),
    (says.same_conditions, "It stops, but the log and the port stay.", "It stops, the log and the port stay."),
    (says.same_conditions, "It cannot otherwise be read.", "It cannot be read."),
    (says.same_conditions, "It runs and waits.", "It runs and waits because it is slow."),
    (says.same_persons, "The file is closed.", "We close the file."),
    (says.same_tense, "The port was set in May.", "The port is set in May."),
    (partial(says.same_subject, base_verbs=VERBS), "This opens the file.", "Opens the file."),
    (partial(says.same_subject, base_verbs=VERBS), "Uses the port that is open.", "The port that is open is used."),
    (says.same_conditions, "It runs whether the port is open or not.", "It runs if the port is open."),
    (says.same_conditions, "The new value is substituted for the old.", "The new value is replaced with the old."),
    (says.same_ending, "Set the port:", "Set the port."),
    (says.same_ending, "the port of the relay", "The port of the relay"),
    (says.same_style, "It is not there.", "It isn't there."),
    (says.same_style, "The file is open.", 'The "file" is open.'),
]


@pytest.mark.parametrize(("passes", "source", "target"), AGREE)
def test_other_words_for_the_same_pass(passes: Callable[[str, str], bool], source: str, target: str) -> None:
    assert passes(source, target)


@pytest.mark.parametrize(("passes", "source", "target"), DISAGREE)
def test_a_changed_statement_is_refused(passes: Callable[[str, str], bool], source: str, target: str) -> None:
    assert not passes(source, target)


def test_only_what_must_be_done_becomes_a_command() -> None:
    assert says.same_kind("You must set the port.", "Set the port.", VERBS)
    assert says.same_kind("To begin, set the port.", "Set the port to begin.", VERBS)
    assert not says.same_kind("You should set the port.", "Set the port.", VERBS)
    assert not says.same_kind("The port can be set.", "Set the port.", VERBS)
    assert not says.same_kind("Set the port.", "The port is set.", VERBS)
    assert not says.same_kind("Is the port set?", "The port is set.", VERBS)
    assert not says.is_command("Return values are read.", VERBS)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "simpler: The port.",
        "The port (open is set.",
        "The the port is set.",
        "The port or port is set.",
        "The port of the relay is.",
    ],
)
def test_broken_answers_are_not_whole(target: str) -> None:
    assert not says.is_whole(target)
    assert says.is_whole("The port (an open one) is set.")


def test_the_style_of_the_source_comes_back() -> None:
    assert restore_style("Set the port to $true:", "Set the port to `$true`.") == "Set the port to $true:"
    assert restore_style("Call `open` and wait.", "Wait after calling open.") == "Wait after calling `open`."
    assert restore_style("It doesn’t choose Add.", 'It does not choose "Add".') == "It doesn’t choose Add."
    assert restore_style("It cannot be “open”.", 'It can\'t be "open".') == "It cannot be “open”."
    assert restore_style("Is it open?", "It is open.") == "It is open."  # a question made a statement is for a filter


def test_words_are_related_by_form_derivation_and_list() -> None:
    assert RELATIONS.content("The policies are removed from it.") == ["policy", "remove"]
    assert RELATIONS.related("configuration", "configure") and RELATIONS.related("delete", "remove")
    assert not RELATIONS.related("port", "part")
    assert stem("settings") == stem("setting")


def test_lengths_and_changes() -> None:
    assert right_length("a b c d e f g h i j", "a b c d e f g h i", "shorter")
    assert not right_length("a b c d e f g h i j", "a b c d e f g h i j", "shorter")
    assert not right_length("", "one " * 11, "headline")
    assert changed_words("You can open the file.", "You may open a file.") == 2
    assert is_unchanged("Open `the` file.", "Open the file:") is False  # code is no word of prose
    assert is_unchanged("Open the file.", "open the File:")


@pytest.mark.parametrize(
    ("source", "target", "agree"),
    [
        ("The relay sends messages to the client.", "The client sends messages to the relay.", False),
        (
            "If the disk is full, the relay removes old segments.",
            "The relay removes old segments if the disk is full.",
            True,
        ),
        ("Old segments are removed by the relay.", "The relay removes old segments.", True),
        ("The relay removes old segments, then new files.", "The relay removes new segments, then old files.", False),
        ("The relay quickly removes segments.", "The relay removes segments quickly.", True),
    ],
)
def test_nothing_changes_places(source: str, target: str, agree: bool) -> None:
    assert same_places(source, target, RELATIONS) is agree


@pytest.mark.parametrize(
    ("target", "mode", "kept"),
    [
        ("The relay reads a file that holds a port and removes the file.", "rephrase", True),
        ("The relay reads a file that holds a port and removes it.", "rephrase", True),
        ("The relay reads a file and removes the file.", "rephrase", False),
        ("The relay reads and removes a file that holds a port.", "rephrase", False),
        ("The relay reads and removes a file that holds a port.", "shorter", True),
    ],
)
def test_what_is_said_twice_may_become_a_pronoun(target: str, mode: str, kept: bool) -> None:
    source = "The relay reads a file that holds a port, and removes the file."
    assert nothing_lost(source, target, mode, RELATIONS) is kept


def test_a_rewriting_passes_all_filters_or_is_told_which() -> None:
    filters = filters_for("rephrase", RELATIONS, VERBS)

    def failed(source: str, target: str) -> list[str]:
        return [name for name, passes in filters.items() if not passes(source, target)]

    source = "The relay removes old segments if the disk is full."
    assert failed(source, "If the disk is full, the relay deletes old segments.") == []
    assert failed(source, "If the disk is full, the relay deletes old broken segments.") == ["added"]
    assert failed(source, "If the disk is full, the relay utilizes and removes old segments.")[0] == "plain"
    assert failed(source, "If the disk is full, the relay removes segments and old segments.")[-1] == "repeated"
    assert "lost" in failed(source, "If the disk is full, the relay deletes segments.")
    assert "conditions" in failed(source, "The relay deletes old segments of the full disk.")


def test_a_headline_says_nothing_that_the_text_does_not() -> None:
    filters = filters_for("headline", RELATIONS, VERBS)
    text = "When the disk is full, the relay removes old segments. It never removes the newest 2 of them."

    def failed(target: str) -> list[str]:
        return [name for name, passes in filters.items() if not passes(text, prepared(text, target, "headline"))]

    assert failed('"Deleting old segments when the disk is full."') == []
    assert failed("When the disk is full") == ["written"]
    assert failed("Old segments must be removed when full") == ["modals"]
    assert "source" in failed("Removing 3 old segments when full")
    assert "added" in failed("Removing encrypted old segments")
