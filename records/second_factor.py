"""The second factor of an account: a code from an application on a telephone (TOTP), or a recovery code in its place.

The secret of the codes is made from the office's secret key and a random text, and only that text is kept: whoever reads
the database, or a copy of it, can make no codes. RFC 6238: six digits, steps of 30 seconds, SHA-1 as all applications know it.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime

import pyotp

from records import audit, people
from records.database import run, writing
from records.people import Person

STEP = 30  # seconds
EARLIER, LATER = 1, 1  # steps by which the clock of a telephone may be behind or ahead
RECOVERY_CODES = 10
FEW = 3  # recovery codes left, of which the page says that there are few
CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0, 1: codes are copied by hand
CODE_LENGTH = 12


def fresh() -> str:
    """The random text behind a new secret; of no use without the office's secret key."""
    return secrets.token_urlsafe(16)


def secret(seed: str, key: str) -> str:
    """The secret for the application on the telephone, in base 32."""
    return base64.b32encode(hmac.digest(key.encode(), f"totp:{seed}".encode(), "sha256")[:20]).decode()


def address(seed: str, key: str, account: str, issuer: str) -> str:
    """What the QR code says: `otpauth://totp/…`."""
    return pyotp.TOTP(secret(seed, key)).provisioning_uri(name=account, issuer_name=issuer)


def turn_on(person: Person, seed: str, key: str, code: str, now: datetime) -> list[str] | None:
    """Turns the second factor on, if the code is one of this seed's: the recovery codes, told once; else None.

    It ends every session of the person: whoever had only the password must prove the rest.
    """
    step = _step(seed, key, code, now)
    if step is None:
        return None
    with writing():
        run(
            "UPDATE person SET totp = ?, totp_step = ?, session_epoch = session_epoch + 1 WHERE id = ?",
            *(seed, step, person.id),
        )
        codes = _new_codes(person, key)
        _log(audit.staff(person.id), "two-factor-on", person, now)
    return codes


def check(person: Person, key: str, code: str, now: datetime) -> bool:
    """Whether the code proves the second factor. Each code is good once: a second time it is refused."""
    row = run("SELECT totp, totp_step FROM person WHERE id = ? AND totp IS NOT NULL", person.id).fetchone()
    if row is None:
        return False
    step = _step(row[0], key, code, now)
    with writing():
        if step is not None:
            taken = run("UPDATE person SET totp_step = ? WHERE id = ? AND totp_step < ?", step, person.id, step)
            return bool(taken.rowcount)
        used = run("DELETE FROM recovery_code WHERE person_id = ? AND hash = ?", person.id, _hash(person, key, code))
        if not used.rowcount:
            return False
        _log(audit.staff(person.id), "recovery-code", person, now)
        return True


def new_codes(person: Person, key: str, now: datetime) -> list[str]:
    """Ten new recovery codes in place of all before them."""
    with writing():
        codes = _new_codes(person, key)
        _log(audit.staff(person.id), "recovery-codes", person, now)
        return codes


def codes_left(person: Person) -> int:
    """How many recovery codes have not been used."""
    return int(run("SELECT COUNT(*) FROM recovery_code WHERE person_id = ?", person.id).fetchone()[0])


def turn_off(person: Person, now: datetime, actor: str) -> Person:
    """Forgets the second factor and its recovery codes, and ends every session; the account as it is then."""
    with writing():
        run("UPDATE person SET totp = NULL, totp_step = 0, session_epoch = session_epoch + 1 WHERE id = ?", person.id)
        run("DELETE FROM recovery_code WHERE person_id = ?", person.id)
        _log(actor, "two-factor-off" if actor == audit.staff(person.id) else "two-factor-reset", person, now)
        return people.known(person.id)


def _step(seed: str, key: str, code: str, now: datetime) -> int | None:
    """The step of time whose code this is, among those around now."""
    plain = "".join(code.split())
    totp, current = pyotp.TOTP(secret(seed, key)), int(now.timestamp()) // STEP
    for step in range(current - EARLIER, current + LATER + 1):
        if hmac.compare_digest(totp.at(step * STEP).encode(), plain.encode()):
            return step
    return None


def _new_codes(person: Person, key: str) -> list[str]:
    codes = ["".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    run("DELETE FROM recovery_code WHERE person_id = ?", person.id)
    for code in codes:
        run("INSERT INTO recovery_code (person_id, hash) VALUES (?, ?)", person.id, _hash(person, key, code))
    return ["-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)) for code in codes]


def _hash(person: Person, key: str, code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hmac.digest(key.encode(), f"recovery:{person.id}:{plain}".encode(), "sha256").hex()


def _log(actor: str, action: str, person: Person, now: datetime) -> None:
    audit.record(actor, action, audit.staff(person.id), None, {}, now)
