"""Every code of an author's mistake: whether it stops the form, and what it means. Codes are stable: none changes its name.

Where a mistake is found is in the code that finds it; `docs/mistakes.md` shows one of each with its cure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.problems import Level


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means, in a Polish sentence for the reference, and whether it stops the form from being published."""

    means: str
    level: Level = "error"


# What is judged about a form that reads; a stored version that was published before the judgement is not refused for it.
JUDGED = frozenset(
    {"never-holds", "unreachable-step", "option-never-offered", "min-over-max", "wrong-default", "wrong-sign-off"}
)


def _errors(**means: str) -> dict[str, Code]:
    return {name.replace("_", "-"): Code(text) for name, text in means.items()}


def _warnings(**means: str) -> dict[str, Code]:
    return {name.replace("_", "-"): Code(text, "warning") for name, text in means.items()}


CODES: Mapping[str, Code] = {
    # The file as such.
    **_errors(
        empty_file="Plik jest pusty.",
        not_utf8="Plik nie jest zapisany w UTF-8.",
        not_text="Plik nie jest tekstem, na przykład pochodzi z Worda albo Excela.",
        control_character="W pliku stoi znak, którego nie widać.",
        too_large="Plik ma ponad 1 MB albo zbyt wiele wartości.",
        too_deep="Plik ma zbyt wiele poziomów, jeden w drugim.",
        wrong_slug="Nazwa pliku ma inne znaki niż małe litery a–z, cyfry i łączniki.",
        many_documents="W pliku jest więcej niż jeden formularz.",
    ),
    # YAML.
    **_errors(
        directive="Wiersz zaczyna się od „%”.",
        duplicate_key="Ten sam klucz stoi dwa razy.",
        alias="Tekst zaczyna się od „*”.",
        anchor="Tekst zaczyna się od „&”.",
        tag="Tekst zaczyna się od „!”.",
        merge_key="Klucz „<<” kopiuje inne miejsce pliku, a to nie jest dozwolone.",
        key_not_text="Przed dwukropkiem nie stoi nazwa klucza.",
        special_start="Tekst zaczyna się od znaku, który w YAML ma własne znaczenie.",
        colon_in_text="W tekście bez cudzysłowu stoi dwukropek ze spacją.",
        no_space_after_colon="Po dwukropku brakuje spacji.",
        missing_colon="Po nazwie klucza brakuje dwukropka.",
        no_space_after_hyphen="Po myślniku listy brakuje spacji.",
        comma_in_braces="W nawiasie { } stoi tekst z przecinkiem bez cudzysłowu.",
        hash_in_braces="W nawiasie stoi tekst ze znakiem # bez cudzysłowu.",
        text_in_braces="Nie wiadomo, co znaczy tekst w nawiasie.",
        bracket_not_closed="Nawias nie jest zamknięty.",
        extra_bracket="Nawias nie ma pary.",
        quote_not_closed="Cudzysłów nie jest zamknięty.",
        quote_inside="Po zamykającym cudzysłowie stoi dalszy tekst.",
        backslash="W podwójnym cudzysłowie stoi ukośnik.",
        tab_indent="Wcięcie zrobiono tabulatorem.",
        nbsp_indent="We wcięciu stoi niełamliwa spacja.",
        wrong_indent="Wcięcie nie zgadza się z sąsiednimi wierszami.",
        unreadable="Pliku nie da się odczytać z innej przyczyny.",
    ),
    **_warnings(
        hash_in_text="Znak # zaczyna komentarz, a mógł należeć do tekstu.",
        typographic_quotes="Cudzysłów „ ” wokół całego tekstu zostanie w tekście.",
    ),
    # Keys and values.
    **_errors(
        unknown_key="Takiego klucza tu nie ma.",
        missing_key="Brakuje klucza, który jest obowiązkowy.",
        unknown_type="Takiego typu pola nie ma.",
        unknown_value="Klucz ma tylko kilka możliwych wartości, a tej wśród nich nie ma.",
        unknown_language="Takiego języka program nie zna.",
        unknown_text="Nie ma takiego tekstu w config/texts.",
        unknown_list="Nie ma takiej listy w config/lists.",
        unknown_message="Takiego rodzaju błędu nie ma.",
        wrong_value="Wartość nie ma postaci, której klucz wymaga.",
        not_a_mapping="Tu powinny stać pary „klucz: wartość”.",
        not_a_list="Tu powinna stać lista.",
        not_a_text="Tu powinien stać tekst.",
        not_a_boolean="Tu może stać tylko true albo false.",
        not_a_number="Tu powinna stać liczba z podanych granic.",
        not_a_moment="Tu powinna stać data albo data z godziną.",
        not_a_day="Tu powinien stać dzień.",
        not_a_span="Tu powinien stać czas, na przykład 30 days.",
        not_a_size="Tu powinien stać rozmiar pliku, na przykład 20 MB.",
        not_a_bound="Tu powinna stać wartość albo wyrażenie.",
        not_an_expression="Tu powinno stać wyrażenie.",
    ),
    # The form, its steps and fields.
    **_errors(
        steps_and_fields="Formularz ma zarazem „steps” i „fields”.",
        no_fields="Lista pól jest pusta.",
        duplicate_step="Dwa kroki mają to samo id.",
        duplicate_name="Dwa pola, albo pole i warunek, mają tę samą nazwę.",
        reserved_name="Nazwa jest słowem języka wyrażeń albo jest zajęta.",
        wrong_name="Nazwa ma inne znaki niż małe litery a–z, cyfry i _.",
        closes_before_opens="Formularz zamyka się, zanim się otworzy.",
        confirm_steps="Bez podsumowania można wysłać tylko formularz o jednym kroku.",
        wrong_default="Wartość domyślna nie pasuje do typu albo granic pola.",
        wrong_pattern="Wyrażenie regularne ma błąd.",
        wrong_column="Kolumna tabeli nie może być takim polem.",
        min_over_max="Najmniejsza dozwolona wartość jest większa niż największa.",
        not_repeating="Klucz ma sens tylko w grupie, która się powtarza.",
        nested_groups="Grupa stoi w grupie głębiej, niż wolno.",
        no_points="Żadna ocena listy kontrolnej nie ma punktów.",
        scale_too_long="Skala ma zbyt wiele stopni.",
    ),
    # Options and lists.
    **_errors(
        duplicate_option="Dwie opcje mają tę samą wartość.",
        empty_options="Nie ma żadnej opcji do wyboru.",
        no_value="Z etykiety opcji nie da się zrobić jej wartości.",
        not_an_option="To nie jest opcja: zły zapis opcji albo porównanie z wartością, której pole nie ma.",
        broken_list="Plik listy, z której bierze pole, ma błędy.",
        list_columns="Lista w config/lists nie ma kolumn „value” i „label”.",
        list_row="Wiersz listy nie ma wartości albo etykiety.",
    ),
    # Expressions.
    **_errors(
        syntax="Wyrażenia nie da się odczytać.",
        unknown_name="Nie ma pola ani warunku o takiej nazwie.",
        unknown_function="Takiej funkcji nie ma.",
        unknown_attribute="To, co stoi po kropce, nic tu nie znaczy.",
        unknown_limit="Nie ma takiego limitu w config/limits.yaml.",
        wrong_arguments="Funkcja dostała nie to, co bierze.",
        wrong_type="Wartości tego rodzaju tu nie pasują.",
        later_step="Wyrażenie pyta o odpowiedź z późniejszego kroku.",
        circle="Pola lub warunki zależą od siebie w kółko.",
    ),
    # What a form can never do.
    **_errors(
        never_holds="Warunek nigdy nie będzie spełniony.",
        unreachable_step="Do kroku nikt nie dojdzie, bo jego warunek nigdy nie będzie spełniony.",
        option_never_offered="Opcji nikt nie zobaczy, bo jej warunek nigdy nie będzie spełniony.",
    ),
    **_warnings(
        always_holds="Warunek jest zawsze spełniony, a sprawdzenie niczego nie wykryje.",
        dead_part="Część warunku przy „or” nigdy nie będzie spełniona.",
        maybe_unasked="Tekst pokazuje odpowiedź, o którą mogło nie być pytania.",
        unused_condition="Warunku z nazwą nic nie używa.",
    ),
    # Events.
    **_errors(
        duplicate_event="Dwa wydarzenia mają to samo id.",
        unknown_event="Nie ma takiego wydarzenia ani grupy wydarzeń.",
        no_events="Pole typu event stoi w formularzu bez wydarzeń.",
        event_twice="Dwa pola pozwalają tej samej osobie wybrać to samo wydarzenie.",
        event_text="Tekst wydarzenia nie może zawierać odpowiedzi.",
        ends_before_starts="Wydarzenie kończy się, zanim się zacznie.",
        after_start="Termin jest późniejszy niż początek wydarzenia.",
        share_over_places="Limit gminy jest większy niż liczba miejsc.",
        no_share="Nie ma limitu gminy, który można by zwolnić.",
        no_gmina="Limit gminy wymaga pola typu gmina.",
        programme_gmina="„audience: programme” nie ma pola typu gmina albo lista gmin nie ma kolumny „wykaz”.",
        no_waiting_list="Klucz dotyczy listy rezerwowej, a jej nie ma.",
        waiting_without_places="Lista rezerwowa nie ma sensu bez limitu miejsc.",
        anonymous_events="Formularz anonimowy nie może mieć wydarzeń.",
        group_and_events="Pole ma zarazem „group” i „events”.",
        for_in_group="Pole z kluczem „for” stoi w grupie.",
        nobody_attends="Ankieta albo zaświadczenie jest dla uczestników wydarzeń, a nie ma wydarzeń z datą.",
        unknown_survey="Formularz z klucza „survey” nie istnieje albo nie jest anonimowy.",
    ),
    **_warnings(event_unused="Wydarzenia nie można nigdzie wybrać."),
    # Periods.
    **_errors(
        wrong_period="Pole nie nazywa okresu tej długości.",
        period_without_gmina="Seria okresów wymaga pola typu gmina.",
        anonymous_period="Formularz anonimowy nie może być serią.",
        no_period="Sięga się do poprzedniego okresu, a formularz nie ma „period”.",
        wrong_compare="Tego pola nie da się porównać z poprzednim okresem albo od niego zacząć.",
        early_prefill="Pole ma „prefill”, zanim wiadomo, która to gmina i jaki okres.",
        due_without_open="„due” jest bez „open”, więc nie wiadomo, na jaki okres się czeka.",
        wrong_sign_off="Podpisów („sign_off”) nikt by nie złożył: formularz jest anonimowy albo nie pyta o gminę.",
    ),
    **_warnings(due_after_closes="Na sprawozdanie czeka się („due”) dłużej, niż formularz jest otwarty („closes”)."),
    # Indicators.
    **_errors(
        unknown_form="Plik w config/indicators nazywa się inaczej niż każdy formularz.",
        past_in_indicator="Wzór wskaźnika sięga do poprzedniego okresu.",
        duplicate_tile="Dwa kafelki mapy mają ten sam powiat albo to samo miejsce.",
    ),
    # Audits.
    **_errors(wrong_audit="Pole z klucza „audit” nie nadaje się do tego, do czego ma służyć."),
    # Examples.
    **_errors(
        example_failed="Przykład („examples”) dał inny wynik, niż zapowiada.",
        not_answered="Przykład odpowiada na pole, na które nikt nie odpowiada.",
    ),
    **_warnings(not_covered="Żaden przykład nie sprawdza tego warunku (forms check --coverage)."),
    # How texts are written.
    **_warnings(
        missing_translation="Tekst nie jest w każdym języku formularza.",
        missing_hint="Pole o trudnym zapisie nie ma podpowiedzi.",
        label_colon="Pytanie kończy się dwukropkiem.",
        long_label="Pytanie ma ponad 200 znaków.",
        straight_quotes="W tekście stoi prosty cudzysłów.",
        no_privacy="Formularz pyta o dane osobowe, a nie ma klauzuli.",
        same_reference="Numery odpowiedzi mogą się powtórzyć z numerami innego formularza.",
    ),
}
