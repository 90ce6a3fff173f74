"""Private links open their own response and nothing else."""

from __future__ import annotations

from typing import Any

from records import access, responses
from records.database import run
from tests.records.steps import counting, draft

SECRET = "klucz tej instalacji"


def test_a_private_link_opens_its_response_with_one_query(database: Any, version: int) -> None:
    begun = draft(version, a=1)
    token = access.token(begun, SECRET)
    with counting(database) as seen:
        assert access.open_link(token, SECRET) == begun
    assert len(seen) == 1
    assert len(token) == 33


def test_the_same_link_can_be_written_again_in_a_later_message(database: Any, version: int) -> None:
    begun = draft(version)
    loaded = responses.load(begun.key)
    assert loaded is not None
    assert access.token(loaded, SECRET) == access.token(begun, SECRET)


def test_nothing_else_opens_it(database: Any, version: int) -> None:
    begun, other = draft(version), draft(version)
    token = access.token(begun, SECRET)
    forged = f"{other.key}{token[10:]}"
    turned = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (forged, turned, token[:-1], token + "A", begun.key, "", "-", token.upper(), "ą" * 33, token + "\x00"):
        assert access.open_link(wrong, SECRET) is None
    assert access.open_link(token, "inny klucz") is None


def test_a_revoked_link_is_dead_and_a_new_one_lives(database: Any, version: int) -> None:
    begun = draft(version)
    old = access.token(begun, SECRET)
    access.revoke(begun.key)
    assert access.open_link(old, SECRET) is None
    renewed = responses.load(begun.key)
    assert renewed is not None
    assert access.open_link(access.token(renewed, SECRET), SECRET) == renewed


def test_keys_do_not_repeat_and_can_be_read_aloud() -> None:
    keys = {responses.new_key() for _ in range(2000)}
    assert len(keys) == 2000
    assert not set("".join(keys)) & set("ilo01-")


def test_a_link_to_a_step_opens_that_step_only_and_ends_with_the_private_link(database: Any, version: int) -> None:
    begun = draft(version)
    link = access.step_token(begun, "liczby", SECRET)
    assert access.open_step(link, "liczby", SECRET) == begun
    assert access.open_step(link, "kto", SECRET) is None
    assert access.open_link(link, SECRET) is None
    assert access.open_step(access.token(begun, SECRET), "liczby", SECRET) is None
    access.revoke(begun.key)
    assert access.open_step(link, "liczby", SECRET) is None


def test_responses_are_found_by_a_text_in_their_answers_whatever_stands_in_it(database: Any, version: int) -> None:
    begun = draft(version)
    run("UPDATE response SET state = 'submitted', answers = ?", '{"email":"A_nna%1@Gmina.example"}')
    assert [each.key for each in access.mentioning("a_nna%1@gmina.example")] == [begun.key]
    assert access.mentioning("axnna%1@gmina.example") == []
    assert access.mentioning("a%@gmina.example") == []
    run("UPDATE response SET state = 'withdrawn'")
    assert access.mentioning("a_nna%1@gmina.example") == []
