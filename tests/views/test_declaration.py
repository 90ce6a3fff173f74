"""The declaration of accessibility holds what the technical conditions of its publication ask for."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

REQUIRED = (
    "wstep podmiot zakres url data-publikacja data-aktualizacja status kontakt email telefon procedura data-sporzadzenie "
    "architektura komunikacja"
).split()


@pytest.fixture
def html(client: FlaskClient) -> str:
    return client.get("/strony/deklaracja-dostepnosci").get_data(as_text=True)


@pytest.mark.parametrize("name", REQUIRED)
def test_each_required_id_is_there_exactly_once(html: str, name: str) -> None:
    assert html.count(f'id="a11y-{name}"') == 1


def test_each_date_is_a_time_in_words(html: str) -> None:
    dates = re.findall(r'id="a11y-data-[a-z]+">(.*?)</span>', html)
    assert len(dates) == 3
    assert all(re.fullmatch(r'<time datetime="\d{4}-\d\d-\d\d">\d+\xa0\w+ \d{4}\xa0r\.</time>', date) for date in dates)


def test_the_status_is_one_of_the_three_sentences(html: str) -> None:
    status = re.search(r'id="a11y-status">(.*?)</p>', html)
    assert status is not None
    assert sum(word in status[1] for word in ("w pełni zgodna", "częściowo zgodna", "niezgodna z załącznikiem")) == 1


def test_every_page_links_to_it(client: FlaskClient) -> None:
    assert 'href="/strony/deklaracja-dostepnosci"' in client.get("/").get_data(as_text=True)
