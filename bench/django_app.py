"""The same twenty questions as one would write them by hand in Django: a model, a ModelForm, a view, a template.

Run behind a server with BENCH_DJANGO_DB naming the database's file. A valid POST does here what it does in ours: the CSRF
token is checked, twenty answers are read and validated (the e-mail address, the gmina among 113, numbers and dates as
people here write them), one row is inserted that survives a power cut, the browser remembers in its signed session what
it sent, and is sent on. Kept favourable to Django: connections stay open, templates are cached, choices are in memory;
answers are stored as they were typed (telephone), and no condition or check of a form stands between.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent

TEMPLATE = """<!DOCTYPE html>
<html lang="pl"><head><meta charset="utf-8"><title>Zgłoszenie</title><link rel="stylesheet" href="/static/nabor.css"></head>
<body><header><a href="/">Formularze</a></header><main><h1>Zgłoszenie na warsztaty</h1>
<form method="post">{% csrf_token %}{{ form.as_div }}<button type="submit">Sprawdź odpowiedzi</button></form>
</main><footer><p>Regionalny Ośrodek Polityki Społecznej</p></footer></body></html>"""

settings.configure(
    SECRET_KEY="only for measuring",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bench.django_app",
    INSTALLED_APPS=["django.forms"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"form.html": TEMPLATE})]},
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("BENCH_DJANGO_DB", ":memory:"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    },
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    LANGUAGE_CODE="pl",
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django import forms  # noqa: E402 – Django wants its settings first
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402


def options(text: str) -> list[tuple[str, str]]:
    """`value: Label` pairs of a short list."""
    return [(each.strip().split()[-1].lower(), each.strip()) for each in text.split(",")]


with (ROOT / "config" / "lists" / "gminy.csv").open(encoding="utf-8", newline="") as _file:
    GMINY = [(row["value"], row["label"]) for row in csv.DictReader(_file)]
ROLES = options(
    "Wójt, Burmistrz, Zastępca, Sekretarz, Skarbnik, Kierownik, Inspektor, Pracownik, Architekt, Radny, Członek, Animator, Ekspert"
)
TOPICS = options(
    "Diagnoza, Wskaźniki, Delimitacja, Konsultacje, Komitet, Treść, Finansowanie, Strefa, Plan, Pierwokup, Dostępność, "
    "Ocena, Monitoring, Wykaz, Projekty, Partnerstwo"
)
FORMS = options("Miejsce, Zdalnie, Obojętnie")
MODULES = options("Podstawy, Praktyka, Partycypacja, Finanse, Przestrzeń, Ewaluacja, Dostępność, Prawo")
NEEDS = options("Parking, Nocleg, Wyżywienie, Zaswiadczenie")
LEVELS = [(number, str(number)) for number in range(1, 6)]
YES_NO = [("tak", "Tak"), ("nie", "Nie")]
DATES = ["%d.%m.%Y", "%Y-%m-%d"]


class Answer(models.Model):
    """One response."""

    gmina = models.CharField("Gmina", max_length=7, choices=GMINY)
    imie_nazwisko = models.CharField("Imię i nazwisko", max_length=160)
    email = models.EmailField("Adres e-mail", help_text="Na przykład jan.kowalski@gmina.pl.")
    telefon = models.CharField("Telefon", max_length=20, validators=[RegexValidator(r"^\+?[\d ]{9,18}$")])
    rola = models.CharField("Rola w rewitalizacji", max_length=40, choices=ROLES)
    temat = models.CharField("Najważniejszy temat", max_length=40, choices=TOPICS)
    forma = models.CharField("Forma udziału", max_length=40, choices=FORMS)
    poziom = models.IntegerField("Jak oceniasz swoją wiedzę?", choices=LEVELS)
    moduly = models.JSONField("Moduły")
    potrzeby = models.JSONField("Czego potrzebujesz na miejscu?", blank=True)
    od = models.DateField("Pierwszy dzień")
    do = models.DateField("Ostatni dzień")
    osoby = models.IntegerField("Liczba osób", validators=[MinValueValidator(1), MaxValueValidator(50)])
    koszt = models.DecimalField("Koszt dojazdu", max_digits=12, decimal_places=2, null=True, blank=True)
    udzial = models.DecimalField("Udział własny", max_digits=5, decimal_places=2, null=True, blank=True)
    obiad = models.CharField("Czy zjesz obiad?", max_length=3, choices=YES_NO)
    kod = models.CharField("Kod pocztowy", max_length=6, validators=[RegexValidator(r"^\d{2}-\d{3}$")])
    numer = models.IntegerField("Numer budynku", validators=[MinValueValidator(1), MaxValueValidator(999)])
    uwagi = models.TextField("Uwagi", max_length=2000, blank=True)
    zgoda = models.BooleanField("Zapoznałam się z regulaminem")

    class Meta:
        app_label = "bench"


class AnswerForm(forms.ModelForm):
    """The form of one response."""

    moduly = forms.MultipleChoiceField(label="Moduły", choices=MODULES, widget=forms.CheckboxSelectMultiple)
    potrzeby = forms.MultipleChoiceField(
        label="Czego potrzebujesz na miejscu?", choices=NEEDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    od = forms.DateField(label="Pierwszy dzień", input_formats=DATES)
    do = forms.DateField(label="Ostatni dzień", input_formats=DATES)
    zgoda = forms.BooleanField(label="Zapoznałam się z regulaminem")

    class Meta:
        model = Answer
        fields = "__all__"
        widgets = dict.fromkeys(("forma", "poziom", "obiad"), forms.RadioSelect)
        localized_fields = ("koszt", "udzial")

    def clean(self) -> None:
        """Every question has a check that the number 13 fails, as in the other form."""
        if self.cleaned_data.get("numer") == 13:
            for name in self.fields:
                self.add_error(name, "Podaj inną odpowiedź.")


def fill(request: HttpRequest) -> HttpResponse:
    """The form, empty or with what is wrong; a valid one is stored."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        request.session["sent"] = [saved.pk, *request.session.get("sent", [])][:5]
        return HttpResponseRedirect(f"/thanks/{saved.pk}")
    return render(request, "form.html", {"form": form}, status=422 if form.errors else 200)


def prepare() -> None:
    """Makes the table."""
    with connection.schema_editor() as editor:
        editor.create_model(Answer)


urlpatterns = [path("", fill)]
application = WSGIHandler()
