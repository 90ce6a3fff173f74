"""Where a report of a series begins: from the last one that was sent, and with what it said where a question first appears."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests.conscience import Conscience
from tests.views.reports import REPORT, begin, beside, going_on, live, report
from tests.views.test_moved_drafts import edit
from tests.views.test_series import client, forms, value

__all__ = ["client", "forms"]
SHUT = REPORT.replace(
    "      - {name: osoby, ", "      - {name: trwa, type: yes_no, label: Trwa}\n      - {name: osoby, when: trwa, "
)


def test_a_gmina_that_missed_a_year_goes_on_from_the_last_one_it_sent_and_is_told_which(client: Conscience) -> None:
    client.get(going_on(client, report(client, 2023, koszt="100", osoby="10", opis="Remont szkoły")))
    client.send({"rok": "2026"})
    told = "Za okres 2025 nie ma wysłanego formularza, więc poprzednie wartości są z ostatniego, za okres 2023."
    assert told in client.page.text
    assert beside(client, "koszt") == "Poprzednio (2023): 100,00 zł"
    assert (value(client, "osoby"), beside(client, "osoby")) == ("10", "Przepisane z 2023 – sprawdź.")
    assert client.send({"koszt": "140"}).status_code == 422
    assert "a poprzednio (2023) było 100,00 zł" in client.page.text


def test_the_next_report_is_the_one_collected_now_however_many_years_were_missed(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    earlier = report(client, 2023, koszt="100")
    edit(app, config_dir, "raport", REPORT.replace("every: year", "every: year, open: 2026"))
    client.get(going_on(client, earlier))
    assert value(client, "rok") == "2026"
    client.send()
    assert beside(client, "koszt") == "Poprzednio (2023): 100,00 zł"


def test_a_question_that_appears_after_another_begins_with_the_previous_answer_once(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    edit(app, config_dir, "raport", SHUT)
    token = begin(client, 2026, after=_going(client))
    assert client.page.by_id("osoby") is None
    assert 'value="10"' in live(client, "trwa", trwa="true")
    client.get(f"/z/{token}/krok/dane")
    assert (value(client, "osoby"), beside(client, "osoby")) == ("10", "Przepisane z 2025 – sprawdź.")
    client.send({"osoby": ""})
    client.get(f"/z/{token}/krok/dane")
    assert value(client, "osoby") == ""


def test_without_a_script_it_is_shown_filled_in_and_a_correction_leaves_empty_what_was_left_so(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    edit(app, config_dir, "raport", SHUT)
    token = begin(client, 2026, after=_going(client))
    client.send({"trwa": "true"})
    assert "pojawiło się 1 nowe pytanie" in client.page.text
    assert (value(client, "osoby"), beside(client, "osoby")) == ("10", "Przepisane z 2025 – sprawdź.")
    client.send({"osoby": ""})
    client.send()
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    client.get(f"/z/{token}/krok/dane")
    assert value(client, "osoby") == ""


def _going(client: Conscience) -> str:
    """A sent report that says it is still going on."""
    token = begin(client, 2025)
    client.send({"trwa": "true"})
    client.send({"osoby": "10"})
    client.send()
    return token
