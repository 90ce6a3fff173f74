"""What a page weighs on its way to the reader, compressed as the proxy of docs/office.md does it."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.conscience import Conscience

KINDS = ("text", "email", "date", "money", "yes_no", "choice", "long_text", "phone", "integer", "scale")
OWN = {"choice": ", options: [urząd gminy, ośrodek pomocy, instytucja kultury]", "scale": ", from: 1, to: 5"}
FIELDS = "\n".join(
    f"  - {{name: f{n}, type: {kind}, label: Pytanie {n} o to i owo, hint: Podpowiedź do pytania {n}., required: true{OWN.get(kind, '')}}}"
    for n, kind in enumerate(KINDS * 2, 1)
)
FIRST, NEXT, STYLES, SCRIPT = 60_000, 15_000, 30_000, 10_000  # bytes
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]* (?:href|src)="([^"]+)"')


@pytest.fixture
def forms() -> dict[str, str]:
    return {"dwadziescia": f"title: Dwadzieścia pytań\nfields:\n{FIELDS}"}


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_a_form_of_twenty_questions_is_light_at_first_and_lighter_afterwards(client: Conscience) -> None:
    html = client.get("/f/dwadziescia/wypelnij").data
    addresses = [address.replace("&amp;", "&") for address in LOADED.findall(html.decode())]
    assert len(addresses) == 4  # the styles, the mark, htmx, our script
    assert all(re.match(r"/(static|vendor)/", address) for address in addresses), "nothing comes from another host"
    answers = {address.partition("?")[0]: client.get(address) for address in addresses}
    sizes = {name: weight(answer.data) for name, answer in answers.items()}
    assert weight(html) + sum(sizes.values()) < FIRST
    assert all("max-age=86400" in answer.headers["Cache-Control"] for answer in answers.values())
    client.send({"f1": "Gmina Resko"})
    assert weight(client.get("/f/dwadziescia/wypelnij").data) < NEXT
    assert sizes["/static/nabor.css"] < STYLES
    assert sizes["/static/nabor.js"] < SCRIPT


def test_nothing_on_the_page_waits_for_a_script(client: Conscience) -> None:
    client.get("/f/dwadziescia/wypelnij")
    for script in client.page.all("script"):
        assert script.get("defer") is not None or script.get("type") == "module", script.get("src")
