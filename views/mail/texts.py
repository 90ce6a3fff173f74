"""What Nabór writes by itself: subject and body of every kind of message, in Markdown, for forms that say nothing of it.

`{events}` becomes the list of dates with their states, `{link}` the private link; both are empty where there are none.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.wording import Say, say

HELLO = say("Dzień dobry,")
LINK = say("Pod tym adresem zobaczysz i poprawisz odpowiedzi, a w razie potrzeby wycofasz zgłoszenie:\n\n{link}")
DETAILS = say("Szczegóły znajdziesz pod swoim prywatnym linkiem:\n\n{link}")

DEFAULTS: Mapping[str, tuple[Say | str, tuple[Say | str, ...]]] = {
    "received": (
        say("Mamy Twoje zgłoszenie {reference}"),
        (say("przyjęliśmy zgłoszenie **{reference}** – {title}."), "{events}", LINK),
    ),
    "accepted": (
        say("Masz miejsce – {title}"),
        (
            say("miejsce jest potwierdzone – {title}, zgłoszenie **{reference}**."),
            "{events}",
            say("Dołączamy plik kalendarza. Jeśli coś się zmieni, daj nam znać – miejsce dostanie następna osoba."),
            LINK,
        ),
    ),
    "accepted-whole": (
        say("Przyjęte: {reference}"),
        (say("sprawdziliśmy i przyjęliśmy odpowiedź **{reference}** – {title}."), DETAILS),
    ),
    "waiting": (
        say("Lista rezerwowa – {title}"),
        (
            say(
                "przyjęliśmy zgłoszenie **{reference}** – {title}. Teraz brakuje miejsc, dlatego zapisaliśmy je na listę rezerwową."
            ),
            "{events}",
            say("Gdy zwolni się miejsce, od razu napiszemy. Nie musisz niczego robić."),
            LINK,
        ),
    ),
    "offered": (
        say("Zwolniło się miejsce – potwierdź do {until}"),
        (
            say("zwolniło się miejsce – {title}, zgłoszenie **{reference}**."),
            "{events}",
            say("**Potwierdź je do {until}.** Po tym czasie miejsce dostanie następna osoba z listy."),
            say("Potwierdzisz je albo z niego zrezygnujesz pod tym adresem:\n\n{link}"),
        ),
    ),
    "rejected": (
        say("Zgłoszenie {reference} nie zostało przyjęte"),
        (say("nie przyjęliśmy zgłoszenia **{reference}** – {title}."), "{events}", "{reason}", DETAILS),
    ),
    "withdrawn": (
        say("Wycofane: {title}"),
        (
            say("w zgłoszeniu **{reference}** – {title} – zwolniliśmy miejsca:"),
            "{events}",
            "{reason}",
            DETAILS,
        ),
    ),
    "withdrawn-all": (
        say("Wycofane zgłoszenie {reference}"),
        (
            say("zgłoszenie **{reference}** – {title} – jest wycofane."),
            "{events}",
            "{reason}",
            say("Jeśli to pomyłka, wypełnij formularz jeszcze raz albo napisz do nas."),
        ),
    ),
    "changed": (
        say("Zmiany w zgłoszeniu {reference}"),
        (say("zapisaliśmy zmiany w zgłoszeniu **{reference}** – {title}."), "{changes}", "{events}", LINK),
    ),
    "changed-by-office": (
        say("Poprawiliśmy zgłoszenie {reference}"),
        (
            say("poprawiliśmy zgłoszenie **{reference}** – {title}."),
            say("Powód: {reason}"),
            "{changes}",
            "{events}",
            LINK,
        ),
    ),
    "returned": (
        say("Popraw odpowiedzi do {until} – {reference}"),
        (
            say("prosimy o poprawienie kilku odpowiedzi w zgłoszeniu **{reference}** – {title}:"),
            "{questions}",
            say("Poprawisz je do {until} pod tym adresem:\n\n{link}"),
            say("Pozostałych odpowiedzi nie musisz ruszać, a zgłoszenie pozostaje ważne."),
        ),
    ),
    "returned-again": (
        say("Przypomnienie: popraw odpowiedzi do {until} – {reference}"),
        (
            say("wciąż czekamy na poprawione odpowiedzi w zgłoszeniu **{reference}** – {title}:"),
            "{questions}",
            say("Poprawisz je do {until} pod tym adresem:\n\n{link}"),
        ),
    ),
    "reminder": (
        say("Przypomnienie: {title}"),
        (
            say("przypominamy o terminie – {title}, zgłoszenie **{reference}**."),
            "{events}",
            say("Jeśli ktoś nie może przyjechać, daj nam znać już teraz – miejsce dostanie następna osoba."),
            LINK,
        ),
    ),
    "due": (
        say("Przypomnienie: {title} – do {until}"),
        (
            say("do **{until}** czekamy na formularz „{title}” gminy **{gmina}**. Jeszcze go nie mamy."),
            say("Formularz wypełnisz pod tym adresem:\n\n{link}"),
        ),
    ),
    "due-draft": (
        say("Przypomnienie: {title} – do {until}"),
        (
            say("do **{until}** czekamy na formularz „{title}” gminy **{gmina}**. Jest zaczęty, ale nie wysłany."),
            say("Dokończysz go pod tym adresem:\n\n{link}"),
        ),
    ),
    "owed": ("{subject}", ("{body}",)),
    "gmina-link": (
        say("Link do strony gminy {gmina}"),
        (
            say("tym linkiem wejdziesz na stronę gminy **{gmina}**:\n\n{link}"),
            say("Link działa 30 minut i tylko raz. Jeśli to nie Ty o niego prosisz, nic nie rób."),
        ),
    ),
    "gmina-invitation": (
        say("Zaproszenie na stronę gminy {gmina}"),
        (
            say("możesz działać w imieniu gminy **{gmina}** w naszych formularzach. Wejdź tym linkiem:\n\n{link}"),
            say(
                "Link działa 3 dni i tylko raz. Potem na stronie logowania poprosisz o nowy, podając ten adres e-mail."
            ),
        ),
    ),
    "link": (
        say("Link do zgłoszenia {reference}"),
        (
            say("wysyłamy jeszcze raz prywatny link do zgłoszenia **{reference}** – {title}:\n\n{link}"),
            say(
                "Jeśli to nie Ty o niego prosisz, nic nie rób. Nie przekazuj linku osobom, które nie powinny widzieć odpowiedzi."
            ),
        ),
    ),
    "survey": (
        say("Jak było? Krótka ankieta – {title}"),
        (
            say("dziękujemy za udział:"),
            "{events}",
            say("Odpowiedz na krótką ankietę. Jest anonimowa: nie zapisujemy, czyja to odpowiedź.\n\n{link}"),
            say("Ten link jest dla jednej osoby i można nim odpowiedzieć raz."),
        ),
    ),
    "survey-again": (
        say("Przypomnienie: ankieta – {title}"),
        (
            say("tydzień temu poprosiliśmy o opinię po spotkaniu:"),
            "{events}",
            say("Ankieta wciąż czeka. Jest anonimowa i zajmie kilka minut:\n\n{link}"),
            say("Więcej nie będziemy o niej przypominać."),
        ),
    ),
    "message": ("{subject}", ("{body}",)),
    "notify": (
        say("Nowa odpowiedź {reference} – {title}"),
        (
            say("przyszła odpowiedź **{reference}** na formularz „{title}”."),
            say("Zobaczysz ją po zalogowaniu:\n\n{staff_link}"),
        ),
    ),
    "account": (
        say("Konto w serwisie formularzy"),
        (
            say("masz konto dla zespołu, który prowadzi formularze. Ustaw hasło pod tym adresem:\n\n{staff_link}"),
            say("Link działa raz, przez 24 godziny. Jeśli to pomyłka, nic nie rób."),
        ),
    ),
    "digest": (
        say("Wiadomości, których nie udało się wysłać: {count}"),
        (
            say("w ostatniej dobie nie udało się wysłać wiadomości. Ich liczba: **{count}**."),
            say("Listę i przyczyny zobaczysz po zalogowaniu:\n\n{staff_link}"),
        ),
    ),
}

STATES: Mapping[str, Say] = {
    "submitted": say("czeka na decyzję"),
    "accepted": say("miejsce potwierdzone"),
    "waiting": say("lista rezerwowa"),
    "offered": say("miejsce czeka na potwierdzenie"),
    "rejected": say("nieprzyjęte"),
    "withdrawn": say("wycofane"),
    "replaced": say("zastąpione przez inną osobę"),
    "attended": say("udział potwierdzony"),
    "absent": say("nieobecność"),
}

REASONS: Mapping[str, Say] = {  # why a booking ended, where nobody gave a reason in words
    "dropped": say("Tak wynika z poprawki w zgłoszeniu."),
    "declined": say("Z miejsca zrezygnowano."),
    "expired": say("Miejsce nie zostało potwierdzone w terminie, więc dostała je następna osoba z listy."),
}

KINDS: Mapping[str, Say] = {
    "received": say("potwierdzenie przyjęcia"),
    "accepted": say("miejsce przyznane"),
    "waiting": say("lista rezerwowa"),
    "offered": say("wolne miejsce do potwierdzenia"),
    "rejected": say("zgłoszenie nieprzyjęte"),
    "withdrawn": say("zgłoszenie wycofane"),
    "changed": say("zmiana w zgłoszeniu"),
    "returned": say("prośba o poprawienie odpowiedzi"),
    "reminder": say("przypomnienie"),
    "due": say("przypomnienie o terminie"),
    "owed": say("wiadomość do gmin, które nie wysłały"),
    "survey": say("zaproszenie do ankiety"),
    "link": say("link prywatny"),
    "find": say("prośba o link"),
    "message": say("wiadomość od pracownika"),
    "notify": say("powiadomienie pracowników"),
    "account": say("zaproszenie pracownika"),
    "gmina-wish": say("prośba o link do strony gminy"),
    "gmina-link": say("link do strony gminy"),
    "gmina-invitation": say("zaproszenie na stronę gminy"),
    "digest": say("wiadomości, które nie wyszły"),
}
