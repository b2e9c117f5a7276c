"""Text messages: a worker's own telephone sends them; we put number and words ready."""

from urllib.parse import quote


def link(number: str, text: str) -> str:
    """The address that opens a text message with these words."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return f"sms:{digits}?body={quote(text)}"
