"""What the made-up partners offer, after the pattern of the six pilots, in our own words."""

from typing import NamedTuple


class Given(NamedTuple):
    """One offer: who, what, for whom, and how one gets in."""

    partner: str
    name: str
    words: str
    domains: tuple[str, ...]
    youngest: int
    oldest: int
    schedule: str
    how: str
    languages: tuple[str, ...] = ("nl",)
    themes: tuple[str, ...] = ()
    free: bool = True
    waiting: str = ""


OFFERS = (
    Given("huis", "Eén deur voor elke vraag", "Een luisterend oor voor wie zich zorgen maakt over een kind. We kijken samen rond en zoeken de juiste mensen.", ("home", "school", "feelings", "safety"), 0, 25, "Weekdagen 9 tot 17 uur", "Bel, schrijf of kom langs. Je hebt geen formulier nodig.", ("nl", "fr", "en", "ar")),
    Given("huis", "Hulp bij inschrijven op school", "Samen een school kiezen, de papieren invullen en meegaan naar het eerste gesprek.", ("school", "money"), 2, 18, "Op afspraak", "Bel Els of Marc.", ("nl", "fr", "ar")),
    Given("huis", "Opvoedpraatje aan de poort", "Elke week staat er koffie aan een schoolpoort. Wie wil, stelt een vraag over opvoeden.", ("home",), 0, 18, "Dinsdag 8.15 uur", "Kom gewoon langs.", ("nl", "ar")),
    Given("team", "Eén plan met je gezin", "Een vaste coördinator maakt met jullie kring één plan en blijft zolang het nodig is.", ("home", "school", "friends", "feelings"), 0, 25, "Op afspraak", "Via het aanspreekpunt.", ("nl", "fr"), waiting="ongeveer drie weken"),
    Given("team", "Gezinscoach aan huis", "Een coach komt om de twee weken aan huis en oefent mee: opstaan, eten, naar school gaan.", ("home",), 0, 14, "Om de twee weken", "Via het aanspreekpunt of je school.", ("nl",), waiting="twee maanden; intussen belt iemand elke week"),
    Given("kompas", "Advies voor jongeren", "Je stelt je vraag zonder dat iemand anders het hoort. We zoeken samen uit wat kan.", ("feelings", "home", "safety", "money"), 11, 25, "Woensdag 13 tot 18 uur", "Kom binnen of stuur een bericht.", ("nl", "fr", "en")),
    Given("kompas", "Een eigen mentor", "Een vaste volwassene werkt een jaar met jou aan doelen die jij kiest.", ("learning", "friends", "feelings"), 12, 20, "Elke week een uur", "Bel Mila.", ("nl", "en")),
    Given("kompas", "Praten met een begeleider", "Gesprekken over wat moeilijk is, in je eigen tempo. Wat je zegt, blijft bij je begeleider.", ("feelings", "health"), 11, 25, "Op afspraak", "Bel of kom langs op woensdag.", ("nl", "fr"), waiting="vier weken"),
    Given("kompas", "Samen aan tafel", "Bij ruzie tussen een jongere en een volwassene luistert iemand naar beide kanten en zoekt afspraken.", ("home", "school", "friends"), 11, 20, "Op afspraak", "Iedereen mag het vragen.", ("nl", "fr", "en")),
    Given("springplank", "Meidenlounge", "Elke week een eigen plek voor meisjes: praten, koken, dansen, en elke keer de vraag hoe het gaat.", ("friends", "feelings", "leisure"), 10, 16, "Vrijdag 16 tot 18 uur", "Kom kijken met iemand die je kent. Noor wacht je op.", ("nl", "ar"), ("art",)),
    Given("springplank", "Inloop na school", "Spelen, gamen en soep. Je hoeft niets te boeken.", ("leisure", "friends"), 8, 16, "Maandag en donderdag 15.30 tot 18 uur", "Kom gewoon binnen.", ("nl", "ar", "fr"), ("media",)),
    Given("springplank", "Zomerwerking met een stempelkaart", "Sport, taal en uitstappen in de grote vakantie, met een kaart die vol raakt.", ("leisure", "learning"), 6, 15, "Juli en augustus", "Inschrijven vanaf mei, ook via school.", ("nl", "fr"), ("sports", "nature")),
    Given("springplank", "Driedaags kamp naar het middelbaar", "Wie naar het eerste middelbaar gaat, leert er de nieuwe school en een oudere leerling kennen.", ("school", "friends"), 11, 12, "Laatste week van augustus", "Via je school of Noor.", ("nl",), ("nature",)),
    Given("springplank", "Jonge gidsen", "Leerlingen van 12 tot 14 helpen nieuwkomers op school op weg.", ("school", "learning"), 12, 14, "Een keer per maand", "Zeg het aan Noor of aan je leerkracht.", ("nl",)),
    Given("linde", "Moedergroep", "Samen koffie, samen oefenen: de brieven van school, praten met de juf, en een dag voor jezelf.", ("home", "school", "learning"), 0, 99, "Maandag 9 uur", "Kom mee met een buurvrouw, of bel Amina.", ("nl", "ar", "fr")),
    Given("linde", "Kook- en naaiatelier", "Leren van elkaar aan een grote tafel. Kinderen zijn welkom.", ("leisure", "friends"), 0, 99, "Woensdag 13.30 uur", "Kom langs.", ("nl", "ar", "fr"), ("art",)),
    Given("linde", "Buurtbouwers", "Kinderen kiezen wat er in hun straat beter kan en brengen het zelf naar de schepen.", ("neighbourhood", "learning"), 8, 12, "Woensdag 14 uur, tien weken", "Via school of bij Amina.", ("nl",), ("neighbourhood",)),
    Given("linde", "Fiets lenen en leren", "Leren fietsen op een veilige plek, en een fiets lenen tot je er een hebt.", ("leisure", "health"), 6, 99, "Zaterdag 10 uur", "Breng wie je wil mee.", ("nl", "ar", "en"), ("sports",)),
    Given("clb", "Hoe leer ik het best?", "Een rustig onderzoek van hoe een kind leert, met advies voor kind, ouders en leerkracht.", ("school", "learning"), 5, 18, "Op afspraak", "Vraag het aan Ruth of aan je school.", ("nl",), waiting="zes weken"),
    Given("clb", "Studiekeuze zonder haast", "Samen kijken wat bij je past en scholen en beroepen bezoeken.", ("school", "work"), 11, 18, "Januari tot mei", "Bel Ruth.", ("nl", "fr")),
    Given("brug", "Slaap en groei", "De huisarts kijkt met kind en ouder naar slapen, eten en bewegen.", ("health",), 0, 18, "Op afspraak", "Bel de praktijk.", ("nl", "fr"), (), False),
    Given("brug", "Verpleegkundige op school", "Een verpleegkundige komt elke maand langs op de drie scholen.", ("health",), 3, 18, "Eerste dinsdag van de maand", "Zeg het aan je juf.", ("nl", "fr")),
    Given("judo", "Eerste keren judo met iemand mee", "De eerste drie avonden loopt er iemand met je mee. Een pak kun je lenen.", ("leisure", "health", "friends"), 6, 16, "Dinsdag 18.30 uur", "Bel Bram, of vraag je coördinator.", ("nl",), ("sports",)),
    Given("judo", "Judo voor wie moeilijk stilzit", "Kleine groep, veel bewegen, vaste regels en twee trainers.", ("leisure", "feelings"), 7, 12, "Zaterdag 9.30 uur", "Bel Bram.", ("nl",), ("sports",)),
    Given("bib", "Huiswerk in de bib", "Een rustige tafel, een vrijwilliger naast je en iets te drinken.", ("school", "learning"), 6, 16, "Maandag tot donderdag 15.30 uur", "Kom gewoon binnen.", ("nl", "fr")),
    Given("bib", "Voorlezen aan huis", "Een vrijwilliger leest tien weken lang voor, in het Nederlands en in jullie taal als het kan.", ("learning", "home"), 3, 8, "Een uur per week", "Bel Fatou.", ("nl", "fr", "ar")),
    Given("dans", "Gratis proefles dans", "Kom een keer meedansen. Wie blijft en het moeilijk kan betalen, betaalt niets.", ("leisure", "friends"), 6, 18, "Vrijdag 17 uur", "Bel Leen.", ("nl", "fr"), ("art", "music")),
    Given("dans", "Dansen op school", "Een dansdocent werkt vier weken met een klas naar een voorstelling.", ("school", "leisure"), 6, 14, "Op afspraak met de school", "Voor leerkrachten: bel Leen.", ("nl",), ("art", "music")),
    Given("klank", "Muziek zonder noten", "Trommel, zang en laptop. Je speelt de eerste dag al mee.", ("leisure", "learning"), 8, 17, "Woensdag 15 uur", "Kom kijken.", ("nl", "fr", "en"), ("music", "media")),
    Given("kade", "Kijken op de werkvloer", "Een dag mee met een vakman of een verpleegkundige uit de buurt.", ("work", "school"), 13, 18, "Twee keer per jaar", "Via je leerkracht.", ("nl",)),
    Given("wijkpolitie", "De agent die je kent", "De wijkagent drinkt elke maand koffie in het buurthuis. Je vraag hoeft geen aangifte te zijn.", ("safety", "neighbourhood"), 0, 99, "Derde donderdag van de maand", "Kom langs of bel Koen.", ("nl",)),
)  # fmt: skip
