"""Decisions about offers: words that match, life domains, themes, ages. No database, no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LIFE_DOMAINS: Mapping[str, str] = {
    "home": "home family house thuis gezin wonen huis maison famille logement البيت الأسرة السكن",
    "school": "school class klas onderwijs ecole classe المدرسة الصف",
    "friends": "friends relations belonging vrienden erbij horen amis copains relations الأصدقاء العلاقات",
    "feelings": "feelings mind worries gevoelens zorgen praten emotions soucis parler المشاعر الهموم",
    "health": "health body care gezondheid lichaam zorg sante corps soins الصحة الجسم",
    "money": "money papers debts geld papieren schulden argent papiers dettes المال الأوراق الديون",
    "leisure": "leisure play club hobby vrije tijd spelen loisirs jeux الهوايات اللعب وقت الفراغ",
    "learning": "learning talent language leren talenten taal apprendre talents langue التعلم المواهب اللغة",
    "safety": "safety violence help veilig veiligheid geweld securite violence السلامة الأمان العنف",
    "work": "work job study choice werk beroep studiekeuze travail metier orientation العمل المهنة",
    "neighbourhood": "neighbourhood street community buurt wijk straat quartier rue الحي الشارع",
}
"""Every life domain with the words people use for it in four languages: search finds them all."""

THEMES: Mapping[str, str] = {
    "music": "music song muziek zingen musique chanter الموسيقى الغناء",
    "nature": "nature garden animals natuur tuin dieren jardin animaux الطبيعة الحديقة الحيوانات",
    "sports": "sport sports dance sporten dansen danse football voetbal الرياضة كرة القدم",
    "media": "media technology computer games techniek ordinateur technologie الإعلام الحاسوب",
    "art": "art culture drawing theatre kunst cultuur tekenen toneel culture dessin الفن الثقافة الرسم",
    "world": "world languages countries wereld talen landen monde langues pays العالم اللغات",
    "neighbourhood": "neighbourhood buurt wijk quartier الحي",
}

_SENTENCE_END = re.compile(r"[.!?؟](?=\s)")
OLDEST = 120
MOST_WORDS = 8
LONGEST_QUESTION = 200

_DOMAIN_BY_WORD = {
    "all": tuple(LIFE_DOMAINS),
    "self": ("feelings",),
    "relations": ("friends",),
    "wellbeing": ("feelings",),
    "mental health": ("feelings",),
    "family": ("home",),
    "housing": ("home",),
    "education": ("school",),
    "employment": ("work",),
    "sport": ("leisure",),
}
_THEME_BY_WORD = {
    "sport": ("sports",),
    "technology": ("media",),
    "culture": ("art",),
    "art and culture": ("art",),
    "media and technology": ("media",),
    "the world": ("world",),
    "the neighbourhood": ("neighbourhood",),
}
_LETTERS = str.maketrans(
    {
        "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "ـ": "", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
        "'": "", "’": "", "‘": "", "ʼ": "", "`": "",
    }
)  # fmt: skip
_UNWANTED = dict.fromkeys(
    [
        *range(9),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0x200E,
        0x200F,
        0x061C,
        0xFEFF,
        *range(0xD800, 0xE000),
    ]
)


def fold(words: str) -> str:
    """The words without case, accents, Arabic vowel signs and punctuation, one space between them.

    ``fold("L'Été à Málaga")`` is ``"lete a malaga"``; what is searched and what is found are
    folded alike, so a person may type as quickly as they like.
    """
    plain = unicodedata.normalize("NFKD", words).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", plain)
    letters = [_folded_sign(sign) for sign in plain if not unicodedata.category(sign).startswith("M")]
    return " ".join("".join(letters).split())


def _folded_sign(sign: str) -> str:
    if not sign.isalnum():
        return "" if unicodedata.category(sign) in ("Cf", "Cs") else " "
    digit = unicodedata.digit(sign, None)
    return sign if digit is None else str(digit)


def question_words(question: str) -> list[str]:
    """The words somebody looks for, folded; at most eight, each once, in the order typed."""
    return list(dict.fromkeys(fold(question[:LONGEST_QUESTION]).split()))[:MOST_WORDS]


def clean(words: str, longest: int) -> str:
    """Text fit to keep: no zero bytes, no hidden turning of the writing direction, not too long."""
    words = words[: longest * 2 + 1_000].replace("\r\n", "\n").replace("\r", "\n").translate(_UNWANTED)
    return words.strip()[:longest].rstrip()


def one_line(words: str, longest: int) -> str:
    """Clean text on a single line."""
    return " ".join(clean(words, longest * 2).split())[:longest].rstrip()


def domains_of(word: str) -> tuple[str, ...]:
    """The life domains a foreign word stands for; none when we do not know the word."""
    return _codes(word, LIFE_DOMAINS, _DOMAIN_BY_WORD)


def themes_of(word: str) -> tuple[str, ...]:
    """The activity themes a foreign word stands for; none when we do not know the word."""
    return _codes(word, THEMES, _THEME_BY_WORD)


def _codes(word: str, own: Mapping[str, str], foreign: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    plain = fold(word)
    return (plain,) if plain in own else foreign.get(plain, ())


def first_sentence(words: str, longest: int = 160) -> str:
    """The first sentence of a description, for the card; cut at a word when it is long."""
    line = " ".join(words.split())
    end = _SENTENCE_END.search(line, 24)
    if end and end.start() < longest:
        return line[: end.start() + 1]
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def suits_age(age: int, youngest: int | None, oldest: int | None) -> bool:
    """Whether somebody of this age is welcome; an unnamed border is open."""
    return (youngest is None or youngest <= age) and (oldest is None or age <= oldest)
