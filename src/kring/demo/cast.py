"""The cast: everybody is made up. Ages are in years at the day of the play."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

VILLAGE = {
    "name": "Lindekwartier",
    "slug": "lindekwartier",
    "country": "BE",
    "timezone": "Europe/Brussels",
    "language": "nl",
    "phone": "015 00 10 20",
}


@dataclass(frozen=True)
class Partner:
    """An organisation of the village."""

    key: str
    name: str
    sector: str
    what: str


@dataclass(frozen=True)
class Professional:
    """Somebody with a job in the village; `told` introduces them on the page of the cast."""

    key: str
    given_name: str
    surname: str
    partner: str
    role: str
    title: str
    phone: str
    languages: str = "nl"
    bound: bool = False
    told: str = ""

    @property
    def email(self) -> str:
        """A made-up address that reaches nobody."""
        return f"{self.key}@lindekwartier.example"


@dataclass(frozen=True)
class Child:
    """A child of the cast."""

    key: str
    given_name: str
    age: int
    told: str = ""


@dataclass(frozen=True)
class Elder:
    """A guardian or a natural support of the cast."""

    key: str
    given_name: str
    surname: str
    relation: str
    language: str = "nl"
    phone: str = ""
    channel: str = "call"
    listens: bool = False
    guardian: bool = True
    told: str = ""


@dataclass(frozen=True)
class Household:
    """A family of the cast."""

    key: str
    name: str
    children: tuple[Child, ...]
    elders: tuple[Elder, ...]
    shape: str


PARTNERS = (
    Partner("wilg", "Basisschool De Wilg", "education", "Lagere school met huiswerkklas en een tuin"),
    Partner("veer", "Middenschool Het Veer", "education", "Eerste graad, met een brede eerste graad"),
    Partner("kade", "Secundair De Kade", "education", "Tweede en derde graad, techniek en zorg"),
    Partner("huis", "Huis van het Kind", "town", "Het aanspreekpunt van het Lindekwartier"),
    Partner("team", "Wijkteam Onder Ons", "wellbeing", "Coördinatoren voor gezinnen"),
    Partner(
        "kompas", "Jongerenadvies 't Kompas", "wellbeing", "Advies en gesprek voor jongeren van 11 tot 25"
    ),
    Partner("springplank", "Jeugdwerk De Springplank", "leisure", "Jeugdhuis, lounge en zomerwerking"),
    Partner("linde", "Buurthuis Onder de Linde", "community", "Buurtwerk, moedergroep, kook- en naaiatelier"),
    Partner("clb", "Leerlingenbegeleiding Noord", "health", "Begeleiding van leerlingen"),
    Partner("brug", "Huisartsen De Brug", "health", "Groepspraktijk in de wijk"),
    Partner("wijkpolitie", "Wijkpolitie Linde", "police", "Wijkagenten"),
    Partner("judo", "Judoclub De Golf", "leisure", "Judo vanaf 6 jaar"),
    Partner("bib", "Bibliotheek De Leeslamp", "community", "Bib met huiswerkhulp"),
    Partner("dans", "Dansatelier Tweestap", "leisure", "Dans voor kinderen en jongeren"),
    Partner("klank", "Muziekatelier Klankkast", "leisure", "Muziek maken zonder noten"),
)

PROFESSIONALS = (
    Professional("els", "Els", "Claes", "huis", "contact point", "aanspreekpunt", "0470 00 10 01", "nl, fr, en", True,
                 _("answers concerns at the contact point")),
    Professional("marc", "Marc", "Wouters", "huis", "contact point", "aanspreekpunt", "0470 00 10 02", "nl, en", True,
                 _("is the stand-in at the contact point")),
    Professional("hanne", "Hanne", "Maes", "team", "coordinator", "coördinator", "0470 00 10 03", "nl, fr", True,
                 _("is coordinator of three families")),
    Professional("tom", "Tom", "Aerts", "team", "coordinator", "coördinator", "0470 00 10 04", "nl, en", True,
                 _("is coordinator of two families")),
    Professional("karin", "Karin", "Peeters", "veer", "teacher", "leerkracht", "0470 00 10 05", "nl", False,
                 _("teaches at Het Veer and has a concern")),
    Professional("lotte", "Lotte", "Smets", "wilg", "teacher", "juf", "0470 00 10 06", "nl", False,
                 _("teaches Samira at De Wilg")),
    Professional("youssef", "Youssef", "Amari", "veer", "teacher", "leerkracht", "0470 00 10 07", "nl, ar, fr", False,
                 _("teaches Milan at Het Veer, and Milan leaves school out")),
    Professional("noor", "Noor", "Haddad", "springplank", "worker", "jeugdwerker", "0470 00 10 08", "nl, ar", False,
                 _("is a youth worker at De Springplank")),
    Professional("bram", "Bram", "Goossens", "judo", "worker", "judotrainer", "0470 00 10 09", "nl", False,
                 _("trains the judo club")),
    Professional("leen", "Leen", "Vos", "dans", "lead", "dansdocent", "0470 00 10 10", "nl, fr", False,
                 _("leads the dance studio and keeps its offers")),
    Professional("mila", "Mila", "Dupont", "kompas", "worker", "jongerenadviseur", "0470 00 10 11", "nl, fr", True,
                 _("listens to young people at 't Kompas")),
    Professional("ines", "Ines", "Lambert", "brug", "worker", "huisarts", "0470 00 10 12", "nl, fr", True,
                 _("is a family doctor")),
    Professional("ruth", "Ruth", "Baert", "clb", "worker", "leerlingenbegeleider", "0470 00 10 13", "nl", True,
                 _("supports pupils")),
    Professional("koen", "Koen", "Devos", "wijkpolitie", "worker", "wijkagent", "0470 00 10 14", "nl", False,
                 _("is the police officer of the district")),
    Professional("fatou", "Fatou", "Diallo", "bib", "worker", "bibliothecaris", "0470 00 10 15", "nl, fr", False,
                 _("runs homework help in the library")),
    Professional("jef", "Jef", "Moens", "klank", "worker", "muzikant", "0470 00 10 16", "nl", False,
                 _("makes music with children")),
    Professional("amina", "Amina", "Benali", "linde", "network", "netwerkcoördinator", "0470 00 10 17", "nl, fr, ar",
                 False, _("keeps the directory of the village")),
    Professional("wim", "Wim", "Segers", "huis", "trust officer", "vertrouwenspersoon", "0470 00 10 18", "nl", True,
                 _("watches over who looked")),
    Professional("sofie", "Sofie", "Mertens", "huis", "administrator", "beheerder", "0470 00 10 19", "nl, en", False,
                 _("keeps the words and the sign-in, and opens nobody's page")),
    Professional("pieter", "Pieter", "Leys", "huis", "policy", "beleidsmedewerker", "0470 00 10 20", "nl", False,
                 _("works for the town and sees published figures only")),
)  # fmt: skip

HOUSEHOLDS = (
    Household(
        "amrani",
        "Gezin Amrani",
        (
            Child("samira", "Samira", 10, _("is ten and loves to dance")),
            Child("yara", "Yara", 6, _("is six, Samira's sister")),
        ),
        (
            Elder("naima", "Naima", "Amrani", "mama", "ar", "0470 00 20 01", "whatsapp", True,
                  told=_("is the mother; she reads Arabic, on a phone")),
            Elder("fatna", "Fatna", "Amrani", "oma", "ar", "", "visit", True, False,
                  told=_("is the grandmother; she has no phone")),
            Elder("bilal", "Bilal", "Amrani", "neef", "nl", "0470 00 20 02", "whatsapp", guardian=False,
                  told=_("is the cousin who helps with homework")),
        ),
        "a grandmother without a phone and a mother who reads Arabic",
    ),
    Household(
        "dewit",
        "Gezin De Wit",
        (
            Child("lise", "Lise", 14, _("is fourteen and decides herself who may know")),
            Child("jonas", "Jonas", 11, _("is eleven and sleeps in two homes")),
        ),
        (
            Elder("sarah", "Sarah", "De Wit", "mama", "nl", "0470 00 20 03", told=_("is the mother; her home is hers")),
            Elder("dirk", "Dirk", "Janssens", "papa", "nl", "0470 00 20 04",
                  told=_("is the father; Lise lets him know nothing about her, and he cannot tell")),
            Elder("rita", "Rita", "Maes", "buurvrouw", "nl", "0470 00 20 05", guardian=False,
                  told=_("is the neighbour with the spare key")),
        ),
        "two homes and an excluded parent",
    ),
    Household(
        "osman",
        "Gezin Osman",
        (Child("milan", "Milan", 13, _("is thirteen and leaves school out")),),
        (
            Elder("yusuf", "Yusuf", "Osman", "papa", "en", "0470 00 20 06", told=_("is the father; he reads English")),
            Elder("claire", "Claire", "Osman", "mama", "fr", "0470 00 20 07", told=_("is the mother; she reads French")),
            Elder("omar", "Omar", "Osman", "oom", "nl", "0470 00 20 08", guardian=False,
                  told=_("is the uncle with the bicycle workshop")),
        ),
        "a young person of 13 who leaves school out",
    ),
    Household(
        "fournier",
        "Gezin Fournier",
        (
            Child("theo", "Théo", 10, _("is ten and repairs bicycles")),
            Child("manon", "Manon", 7, _("is seven, Théo's sister")),
        ),
        (
            Elder("elise", "Élise", "Fournier", "maman", "fr", "0470 00 20 09",
                  told=_("is the mother; she reads French, and her family is done for now")),
            Elder("henri", "Henri", "Fournier", "papy", "fr", "0470 00 20 10", guardian=False,
                  told=_("is the grandfather far away who rings every Sunday")),
            Elder("rita_again", "Rita", "Maes", "voisine", "fr", "0470 00 20 05", guardian=False,
                  told=_("is Rita from next door, who was written down here a second time")),
        ),
        "four months from a question to a kind end",
    ),
    Household(
        "haile",
        "Gezin Haile",
        (
            Child("ruta", "Ruta", 15, _("is fifteen and need not interpret any more")),
            Child("daniel", "Daniel", 9, _("is nine and sings")),
        ),
        (
            Elder("selam", "Selam", "Haile", "mama", "en", "", "visit", True,
                  told=_("is the mother; she hears rather than reads")),
            Elder("tesfay", "Tesfay", "Haile", "papa", "en", "0470 00 20 11", "whatsapp",
                  told=_("is the father; he drives at night and reads English")),
            Elder("lea", "Lea", "Jacobs", "buurvrouw", "nl", "0470 00 20 13", guardian=False,
                  told=_("is the neighbour who drinks coffee with everybody")),
        ),
        "a girl who interpreted for all, and an idea that did not work",
    ),
    Household(
        "verbeke",
        "Gezin Verbeke",
        (Child("nora", "Nora", 16, _("is sixteen and wants to work with animals")),),
        (
            Elder("roger", "Roger", "Verbeke", "opa", "nl", "0470 00 20 12",
                  told=_("is the grandfather who brings her up; they stopped, and began again")),
            Elder("greta", "Greta", "Wuyts", "buurvrouw", "nl", "0470 00 20 14", guardian=False,
                  told=_("is the neighbour with the dog")),
        ),
        "a family that stopped and began again",
    ),
)  # fmt: skip
