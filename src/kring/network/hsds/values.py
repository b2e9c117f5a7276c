"""Single values as foreign files write them: numbers as text, dates in words, quoted telephones."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from babel import Locale

from kring.network import rules

_EMAIL = re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"']{1,180}\.[^@\s<>\"'.]{2,24}\Z")
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\Z")
_DAY = re.compile(r"(?:[+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z")
_LONG_CODES = {
    "ara": "ar", "deu": "de", "ger": "de", "eng": "en", "fas": "fa", "per": "fa", "fra": "fr", "fre": "fr",
    "nld": "nl", "dut": "nl", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "som": "so",
    "spa": "es", "tir": "ti", "tur": "tr", "ukr": "uk", "urd": "ur", "prs": "fa", "pus": "ps", "kur": "ku",
    "amh": "am", "ben": "bn", "bul": "bg", "ita": "it", "zho": "zh", "chi": "zh",
}  # fmt: skip


class Unreadable(ValueError):
    """A value is not what its column should hold; ``key`` names why."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = tuple((name, rules.one_line(str(value), 80)) for name, value in params.items())


def as_text(value: object) -> str:
    """A value as text; lists and objects are not text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    raise Unreadable("not_text")


def whole_number(value: object, lowest: int, highest: int) -> int | None:
    """A whole number between two borders; ``"12"`` and ``12.0`` count, ``"12+"`` does not."""
    words = as_text(value).strip()
    if not words:
        return None
    try:
        number = float(words.replace(",", ".")) if len(words) <= 20 else float("nan")
    except ValueError:
        raise Unreadable("not_a_number", value=words) from None
    if isinstance(value, bool) or not number.is_integer():
        raise Unreadable("not_a_number", value=words)
    if not lowest <= number <= highest:
        raise Unreadable("number_out_of_range", value=words, lowest=lowest, highest=highest)
    return int(number)


def amount(value: object) -> float | None:
    """An amount of money; a decimal comma counts."""
    words = as_text(value).strip().replace(" ", "").replace("€", "").replace("£", "")
    if not words:
        return None
    if words.count(",") == 1 and "." not in words:
        words = words.replace(",", ".")
    if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", words):
        raise Unreadable("not_an_amount", value=words)
    return float(words)


def degrees(value: object, most: int) -> float | None:
    """A latitude or longitude."""
    words = as_text(value).strip()
    if not words:
        return None
    if not re.fullmatch(r"[+-]?\d{1,3}([.,]\d{1,15})?", words):
        raise Unreadable("not_a_number", value=words)
    number = float(words.replace(",", "."))
    if abs(number) > most:
        raise Unreadable("number_out_of_range", value=words, lowest=-most, highest=most)
    return number


def web_address(value: object) -> str:
    """A web address that starts with http or https; nothing else is ever followed."""
    words = rules.one_line(as_text(value), 2_000)
    if not words:
        return ""
    if words.lower().startswith("www."):
        words = "https://" + words
    try:
        parts = urlsplit(words)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        good = False
    if not good or " " in words or len(words) > 500:
        raise Unreadable("not_a_web_address", value=words)
    return words


def email(value: object) -> str:
    """An e-mail address that looks like one."""
    words = rules.one_line(as_text(value), 400)
    if words and (len(words) > 254 or not _EMAIL.match(words)):
        raise Unreadable("not_an_email", value=words)
    return words


def telephone(value: object) -> str:
    """A telephone number as people write it, without the quotes some files put around it."""
    words = rules.one_line(as_text(value), 200).strip("\"' ")
    digits = sum(sign.isdigit() for sign in words)
    if not words:
        return ""
    if not 3 <= digits <= 17 or len(words) > 40 or not re.fullmatch(r"[+(]?[\d\s()./+-]+", words):
        raise Unreadable("not_a_telephone", value=words)
    return words


def day(value: object) -> str:
    """A date as year-month-day; a time behind it is dropped."""
    words = as_text(value).strip()
    if not words:
        return ""
    try:
        return date.fromisoformat(words[:10]).isoformat()
    except ValueError:
        raise Unreadable("not_a_date", value=words) from None


def clock(value: object) -> str:
    """A time of day as hours:minutes."""
    words = as_text(value).strip()
    if not words:
        return ""
    found = _CLOCK.match(words)
    if not found or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > 1440:
        raise Unreadable("not_a_time", value=words)
    return f"{int(found[1]):02d}:{found[2]}"


def weekdays(value: object) -> tuple[str, ...]:
    """Days as MO, TU, …; ``"MO,TU"`` and a list both count."""
    parts = value if isinstance(value, list) else as_text(value).replace(";", ",").split(",")
    codes = []
    for part in parts:
        words = as_text(part).strip().upper()
        if not words:
            continue
        found = _DAY.match(words)
        if not found:
            raise Unreadable("not_a_weekday", value=words)
        codes.append(found[1])
    return tuple(dict.fromkeys(codes))


def language(code: object, name: object) -> str:
    """The short code of a language, from its code or else from its English, Dutch or French name."""
    words = as_text(code).strip().lower().replace("_", "-")
    short = _LONG_CODES.get(words, words.split("-")[0])
    if short in _names_by_code():
        return short
    found = _codes_by_name().get(rules.fold(as_text(name)))
    if found:
        return found
    if words or as_text(name).strip():
        raise Unreadable("language_unknown", value=words or as_text(name))
    return ""


_memory: dict[str, dict[str, str]] = {}


def _names_by_code() -> dict[str, str]:
    if "names" not in _memory:
        _memory["names"] = {str(code): str(name) for code, name in Locale("en").languages.items()}
    return _memory["names"]


def _codes_by_name() -> dict[str, str]:
    if "codes" not in _memory:
        spoken = [
            (code, name) for tongue in ("fr", "nl", "en") for code, name in Locale(tongue).languages.items()
        ]
        _memory["codes"] = {rules.fold(str(name)): str(code) for code, name in spoken if "_" not in str(code)}
    return _memory["codes"]
