"""Indicators for staff: worked out by the worker, told by year, kind of gmina and powiat, with every gap named; files and a paper."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from pypdf import PdfReader

from forms.formula import Formula
from forms.indicators.definition import Indicator
from forms.problems import Place
from records.database import database
from records.indicators import Value, peers
from tests.conscience import Conscience
from tests.records.steps import counting
from tests.views import office
from tests.views.indicated import BRZEZNO, LIST, MONITORING, ONE, POLCZYN, SWIDWIN, report, written
from tests.views.owing import turn
from views.indicating import told


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"monitoring": MONITORING}


@pytest.fixture
def beata(app: Flask, config_dir: Path) -> Conscience:
    written(config_dir)
    report(app, SWIDWIN, 2024, koszt="100.00", tabela={"S1": {"gmina": "5"}}, projekty=[{"wydatki": "40.00"}])
    table, projects = {"S1": {"gmina": {"none": "PUP nie podaje"}}}, [{"wydatki": "10.00"}, {"wydatki": "20.00"}]
    report(app, SWIDWIN, 2025, koszt="150.00", tabela=table, projekty=projects)
    report(app, BRZEZNO, 2025, koszt="50.00", tabela={"S1": {"gmina": "3.5"}}, projekty=[])
    return office.visitor(app, office.hire("Beata", "handler"))


def plain(element: Element) -> str:
    """What an element says, with plain blanks."""
    return "".join(element.itertext()).replace("\u00a0", " ").strip()


def rows(client: Conscience, caption: str) -> list[list[str]]:
    """The cells of the table with this caption."""
    for table in client.page.all("table"):
        head = table.find("caption")
        if head is not None and plain(head) == caption:
            found = [[plain(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
            return found[1:]
    raise AssertionError(f"nie ma tabeli „{caption}”")


def test_before_the_worker_comes_the_page_says_that_it_does_not_know_yet(app: Flask, beata: Conscience) -> None:
    beata.get(ONE)
    assert "3 sprawozdania czekają na przeliczenie" in beata.page.text
    assert "150 zł" not in beata.page.text
    turn(app)
    beata.get(ONE)
    assert "przeliczenie" not in beata.page.text
    assert "150 zł" in beata.page.text


def test_the_region_and_each_kind_of_gmina_have_their_figures(app: Flask, beata: Conscience) -> None:
    turn(app)
    beata.get(f"{ONE}?okres=2025")
    found = {row[0]: row[1:] for row in rows(beata, "Okres: 2025")}
    assert found["Województwo"][:4] == ["2 z 6", "200 zł", "100 zł", "100 zł"]
    assert found["miejska"] == ["1 z 1", "150 zł", "150 zł", "150 zł", "150 zł", "150 zł", "+50 zł"]
    assert found["wiejska"][-1] == "–"  # none of them reported the year before
    assert rows(beata, "Województwo w kolejnych okresach")[0][:3] == ["2024", "1 z 6", "100 zł"]


def test_every_gap_is_named_with_its_reason(app: Flask, beata: Conscience) -> None:
    turn(app)
    beata.get("/biuro/wskazniki/monitoring/bezrobotni?okres=2025")
    assert "Brak danych: PUP nie podaje (1 gmina) Świdwin (miasto)" in beata.page.text
    assert "Gmina nie wysłała sprawozdania. (4 gminy) Połczyn-Zdrój" in beata.page.text
    assert rows(beata, "Okres: 2025")[0][2] == "3,5%"  # no sum of percentages


def test_a_group_that_was_not_asked_counts_nothing_and_an_empty_one_zero(app: Flask, beata: Conscience) -> None:
    report(app, POLCZYN, 2025, koszt="0.00")
    turn(app)
    beata.get("/biuro/wskazniki/monitoring/wydatki")
    values = {row[0]: row[3] for row in rows(beata, "Wartości gmin, 2025")}
    assert values["Świdwin (miasto)"] == "30,00 zł"
    assert values["Brzeżno"] == "0,00 zł"
    assert values["Połczyn-Zdrój"] == "Pytanie nie dotyczy tej gminy: Projekty"


def test_the_map_tells_each_powiat_in_words_and_the_table_says_the_same(app: Flask, beata: Conscience) -> None:
    turn(app)
    beata.get(ONE)
    (tiles,) = [each for each in beata.page.elements if each.get("class") == "tiles"]
    texts = ["".join(each.itertext()).replace("\u00a0", " ") for each in tiles.iter() if str(each.tag).endswith("text")]
    assert len(texts) == 2 * 21
    assert texts[texts.index("świdw.") + 1] == "200"
    assert rows(beata, "Powiaty, 2025")[0][:3] == ["świdwiński", "2 z 6", "200 zł"]


def test_the_list_shows_all_indicators_with_their_change(app: Flask, beata: Conscience) -> None:
    turn(app)
    beata.get(LIST)
    assert rows(beata, "Pieniądze")[0][:4] == ["Koszt programu", "2 z 6", "200 zł", "100 zł"]
    assert "Koszt programu" in beata.page.text
    beata.get(ONE)
    assert "poprawa" in beata.page.text


def test_a_changed_formula_makes_the_old_values_wait_for_the_worker(
    app: Flask, beata: Conscience, config_dir: Path
) -> None:
    turn(app)
    written(config_dir, "indicators: [{name: koszt, label: Koszt, formula: koszt * 2, unit: zł, places: 0}]")
    beata.get(ONE)
    assert "przeliczenie" in beata.page.text
    turn(app)
    beata.get(ONE)
    assert "300 zł" in beata.page.text


def test_a_broken_file_is_told_and_the_last_good_indicators_go_on(
    app: Flask, beata: Conscience, config_dir: Path
) -> None:
    turn(app)
    beata.get(LIST)
    written(config_dir, "indicators: [{name: koszt, label: Koszt, formula: kosz}]")
    beata.get(LIST)
    assert "czy chodziło o „koszt”" in beata.page.text
    assert "Koszt programu" in beata.page.text


def test_the_panel_is_a_file_for_programs_for_excel_and_a_data_package(app: Flask, beata: Conscience) -> None:
    turn(app)
    plain = beata.get("/biuro/wskazniki/monitoring/plik/csv").data.decode()
    found = {
        (row["gmina"], row["year"], row["indicator"]): row for row in csv.DictReader(io.StringIO(plain, newline=""))
    }
    assert len(found) == 6 * 2 * 3
    assert found[SWIDWIN, "2025", "koszt"]["value"] == "150.00"
    assert found[SWIDWIN, "2025", "bezrobotni"]["note"] == "Brak danych: PUP nie podaje"
    excel = beata.get("/biuro/wskazniki/monitoring/plik/csv-excel").data.decode()
    assert excel.startswith("\ufeffTERYT;Gmina;Powiat;Rodzaj gminy;Okres;Wskaźnik;Jednostka miary;Wartość;Uwaga\r\n")
    assert "3216011;Świdwin (miasto);świdwiński;miejska;2025;Koszt programu;zł;150,00;\r\n" in excel
    package = zipfile.ZipFile(io.BytesIO(beata.get("/biuro/wskazniki/monitoring/plik/datapackage").data))
    descriptor = json.loads(package.read("datapackage.json"))
    assert [each["path"] for each in descriptor["resources"]] == ["wskazniki.csv", "slownik.csv"]
    assert package.read("wskazniki.csv").decode() == plain
    assert beata.get("/biuro/wskazniki/monitoring/plik/inny").status_code == 404


def test_the_report_of_the_region_is_a_tagged_paper(app: Flask, beata: Conscience) -> None:
    turn(app)
    answer = beata.get("/biuro/wskazniki/monitoring/raport.pdf?okres=2025")
    assert answer.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.data))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "200 zł" in text.replace("\u00a0", " ")
    assert "PUP nie podaje" in text
    assert "/Marked" in str(reader.root_object["/MarkInfo"].get_object())


def test_one_page_costs_few_queries_however_many_years(app: Flask, beata: Conscience) -> None:
    for year in range(2015, 2024):
        report(app, SWIDWIN, year, koszt="10.00")
    turn(app)
    beata.get(ONE)
    begun = time.process_time()
    with counting(database.obj) as statements:
        beata.get(ONE)
    assert len(statements) <= 6
    assert time.process_time() - begun < 1  # the page is also parsed and judged by the test's own browser


def test_who_works_with_other_forms_sees_no_indicators_of_this_one_nor_mistakes_in_its_file(
    app: Flask, beata: Conscience, config_dir: Path
) -> None:
    darek = office.visitor(app, office.limit(office.hire("Darek", "handler"), "szkolenie"))
    darek.get(LIST)
    assert "Koszt programu" not in darek.page.text
    assert "Formularze, z którymi pracujesz, nie mają wskaźników." in darek.page.text
    written(config_dir, "indicators: [{name: koszt, label: Koszt, formula: kosz}]")
    darek.get(LIST)
    assert "kosz" not in darek.page.text
    assert darek.get(ONE).status_code == 404


def test_what_only_counts_is_written_without_decimals_where_it_is_whole() -> None:
    counts = Indicator("monitoring", "ma_gpr", "Gminy z GPR", Formula("1", Place(1, 1, 2)))
    assert [told(counts, Decimal(value)) for value in ("35", "0.33", "35.00")] == ["35", "0,33", "35"]
    assert told(replace(counts, unit="ha"), Decimal(35)) == "35,00\xa0ha"


def test_a_gmina_is_told_the_median_of_its_kind_only_of_five_or_more() -> None:
    values = [Value("koszt", str(n), "2025", Decimal(n)) for n in range(1, 6)]
    assert peers(values, {"1", "2", "3", "4", "5"}) == 3
    assert peers(values, {"1", "2", "3", "4"}) is None
    assert peers([*values[:4], Value("koszt", "5", "2025", None)], {"1", "2", "3", "4", "5"}) is None


def test_the_command_works_out_what_has_changed_and_nothing_twice(app: Flask, beata: Conscience) -> None:
    runner = app.test_cli_runner()
    assert "monitoring: przeliczono 3 sprawozda" in runner.invoke(args=["indicators", "compute"]).output
    assert "monitoring: przeliczono 0 sprawozda" in runner.invoke(args=["indicators", "compute"]).output
