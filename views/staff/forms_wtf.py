"""The forms of staff accounts."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.validators import InputRequired, ValidationError

from forms.wording import say, say_n

SHORTEST_PASSWORD = (
    12  # characters; NIST SP 800-63B asks for length and advises against rules about kinds of characters
)
LONGEST_PASSWORD = 1000  # characters; longer ones are not typed by people
PASSWORD_RULES = say_n(
    "Co najmniej {n} znak. Dobre hasło to kilka przypadkowych słów.",
    "Co najmniej {n} znaków. Dobre hasło to kilka przypadkowych słów.",
    SHORTEST_PASSWORD,
)


class SignIn(FlaskForm):
    """Who comes, how they prove it, and where they wanted to go."""

    email = StringField(validators=[InputRequired(say("Wpisz adres e-mail."))])
    password = PasswordField(validators=[InputRequired(say("Wpisz hasło."))])
    next = StringField()


class SecondStep(FlaskForm):
    """The code that proves the second factor."""

    code = StringField(validators=[InputRequired(say("Wpisz kod z aplikacji albo kod zapasowy."))])


class SetPassword(FlaskForm):
    """A new password."""

    password = PasswordField(validators=[InputRequired(say("Wpisz nowe hasło."))])

    def validate_password(self, field: Field) -> None:
        """Long enough; nothing else."""
        length = len(field.data)
        if length < SHORTEST_PASSWORD:
            raise ValidationError(
                say_n(
                    "Hasło ma {n} znak – wpisz co najmniej {least}.",
                    "Hasło ma {n} znaków – wpisz co najmniej {least}.",
                    length,
                    least=SHORTEST_PASSWORD,
                )
            )
        if length > LONGEST_PASSWORD:
            raise ValidationError(say_n("Skróć hasło do {n} znaku.", "Skróć hasło do {n} znaków.", LONGEST_PASSWORD))
