"""WhatsApp: a worker's own telephone sends it, by a click-to-chat address; nothing leaves from here."""

from urllib.parse import quote

#: How a number without a country begins abroad.
COUNTRY_CODES = {"BE": "32", "NL": "31", "FR": "33", "UK": "44"}


def link(number: str, text: str, *, country: str) -> str:
    """The address that opens a chat with these words; empty when the number is too short to be one."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if number.strip().startswith("+"):
        whole = digits
    elif digits.startswith("00"):
        whole = digits[2:]
    else:
        whole = COUNTRY_CODES.get(country, "") + digits.lstrip("0")
    return f"https://wa.me/{whole}?text={quote(text)}" if len(digits) >= 6 else ""
