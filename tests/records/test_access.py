"""Private links open their own response and nothing else."""

from __future__ import annotations

from typing import Any

from records import access, responses
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
