"""Where somebody complains who does not agree with how their data are kept: the authority of each country."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Authority:
    """Who watches over personal data in a country, under the name it gives itself, and where it is found."""

    name: str
    language: str
    address: str


AUTHORITIES = {
    "NL": Authority("Autoriteit Persoonsgegevens", "nl", "https://autoriteitpersoonsgegevens.nl"),
    "BE": Authority("Gegevensbeschermingsautoriteit / Autorité de protection des données", "nl",
                    "https://www.gegevensbeschermingsautoriteit.be"),
    "UK": Authority("Information Commissioner’s Office", "en", "https://ico.org.uk"),
    "FR": Authority("Commission nationale de l’informatique et des libertés (CNIL)", "fr", "https://www.cnil.fr"),
}  # fmt: skip
