"""What the entries of the audit log are called: every action, who acted, and what the details say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from forms.wording import Say, say, short_date
from records import audit
from records.audit import Entry
from views.guests import gmina_name
from views.staff.exporting.formats import NAMES as FORMATS
from views.staff.history import ACTIONS as OF_RESPONSES
from views.staff.roles import ROLES, title_of

ACTIONS: dict[str, Say] = {
    **OF_RESPONSES,
    "read-sensitive": say("zobaczono odpowiedzi wrażliwe"),
    "export": say("pobrano dane"),
    "import-statistics": say("wczytano statystykę publiczną"),
    "export_asked": say("zlecono przygotowanie danych"),
    "export_made": say("przygotowano dane do pobrania"),
    "export_failed": say("nie udało się przygotować danych"),
    "message": say("napisano wiadomość"),
    "certificate-issued": say("wydano zaświadczenie"),
    "certificate-replaced": say("zastąpiono zaświadczenie"),
    "certificate-revoked": say("unieważniono zaświadczenie"),
    "period-opened": say("otwarto okres"),
    "gmina-person-added": say("dodano osobę z gminy"),
    "gmina-person-ended": say("zakończono dostęp osoby z gminy"),
    "gmina-handed-over": say("przekazano stronę gminy"),
    "gmina-sign-in": say("osoba z gminy się zalogowała"),
    "gmina-begun": say("rozpoczęto na stronie gminy"),
    "gmina-taken-over": say("dodano do strony gminy"),
    "gmina-step-given": say("powierzono krok"),
    "gmina-step-taken-back": say("zabrano krok"),
    "signed-prepared": say("podpisano jako sporządzający"),
    "signed-approved": say("zatwierdzono i zamknięto treść"),
    "obligation-added": say("dodano obowiązek gminy"),
    "obligation-excused": say("zwolniono gminę z obowiązku"),
    "obligation-restored": say("przywrócono obowiązek gminy"),
    "obligation-extended": say("przesunięto termin gminy"),
    "register-added": say("dodano wpis do Wykazu"),
    "register-changed": say("zmieniono wpis w Wykazie"),
    "register-struck": say("wykreślono wpis z Wykazu"),
    "register-restored": say("przywrócono wpis w Wykazie"),
    "register-imported": say("zmieniono wiele wpisów w Wykazie"),
    "view_saved": say("zapisano widok"),
    "view_renamed": say("zmieniono nazwę widoku"),
    "view_removed": say("usunięto widok"),
    "token_made": say("utworzono klucz API"),
    "token_revoked": say("unieważniono klucz API"),
    "form-published": say("opublikowano formularz"),
    "form-archived": say("przeniesiono formularz do archiwum"),
    "form-reopened": say("otwarto formularz z archiwum"),
    "tick": say("zmieniono miejsca po upływie terminu"),
    "limits": say("zmieniono limity miejsc"),
    "sign-in": say("zalogowano się"),
    "sign-in-failed": say("nieudana próba zalogowania"),
    "signed-out-everywhere": say("wylogowano wszędzie"),
    "password": say("ustawiono hasło"),
    "account-added": say("utworzono konto"),
    "account-link": say("utworzono link do hasła"),
    "account-changed": say("zmieniono uprawnienia konta"),
    "account-closed": say("zamknięto konto"),
    "account-opened": say("otwarto konto"),
    "two-factor-on": say("włączono drugi składnik"),
    "two-factor-off": say("wyłączono drugi składnik"),
    "two-factor-reset": say("wyłączono drugi składnik komuś innemu"),
    "recovery-code": say("użyto kodu zapasowego"),
    "recovery-codes": say("utworzono nowe kody zapasowe"),
    "log-export": say("pobrano dziennik"),
    "person-searched": say("szukano danych osoby"),
    "person-copied": say("wydano kopię danych osoby"),
    "erasure": say("spisano protokół usunięcia danych"),
    "register-export": say("pobrano rejestr czynności przetwarzania"),
    "consents-export": say("pobrano wykaz zgód"),
    audit.PRUNED: say("usunięto z dziennika wpisy starsze niż okres przechowywania"),
}
ACTORS: dict[str, Say] = {
    audit.RESPONDENT: say("osoba zgłaszająca"),
    audit.SYSTEM: say("program"),
    audit.VISITOR: say("ktoś niezalogowany"),
}
STEPS = {"password": say("hasło"), "code": say("kod")}


def action(name: str) -> str:
    """What was done, in words; an action that nobody has named is shown as the log has it."""
    return str(ACTIONS.get(name, name))


def actor(name: str, people: Mapping[str, str]) -> str:
    """Who acted; `people` are the names of staff by how the log calls them."""
    if name.startswith(audit.PROGRAM):
        return str(say("klucz API nr {number}", number=name.removeprefix(audit.PROGRAM)))
    if name.startswith("gmina:"):
        return str(say("osoba z gminy nr {n}", n=name.removeprefix("gmina:")))
    return people.get(name) or str(ACTORS.get(name, name))


def details(entry: Entry) -> str:
    """What else the entry says, for a person: `rola: Podgląd; formularze: wszystkie`."""
    said = []
    for name, value in entry.details.items():
        if name == "role" and value in ROLES:
            said.append(say("rola: {value}", value=ROLES[value]))
        elif name == "sensitive":
            said.append(say("z odpowiedziami wrażliwymi") if value else say("bez odpowiedzi wrażliwych"))
        elif name == "forms":
            titles = say("wszystkie") if value is None else ", ".join(map(title_of, value))
            said.append(say("formularze: {value}", value=titles))
        elif name == "step" and value in STEPS:
            said.append(say("zły składnik: {value}", value=STEPS[value]))
        elif name == "format":
            said.append(say("format: {value}", value=FORMATS.get(value, value)))
        elif name == "period":
            said.append(say("okres: {value}", value=value))
        elif name == "gmina":
            said.append(say("gmina: {value}", value=gmina_name(value)))
        elif name == "until" and value and entry.action in (audit.PRUNED, "obligation-extended", "extended"):
            said.append(say("do dnia {value}", value=short_date(date.fromisoformat(str(value)[:10]))))
    return "; ".join(map(str, said))
