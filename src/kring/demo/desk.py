"""What lies on the desk of the contact point today, and what ended."""

from typing import TYPE_CHECKING

from kring.demo.founding import Village
from kring.demo.households import about
from kring.intake.models import Concern
from kring.intake.usecases.concerns import close, take_up, write_note
from kring.intake.usecases.handing_in import Told, hand_in
from kring.trust import viewer
from kring.trust.models import Village as TrustVillage

if TYPE_CHECKING:
    from kring.demo.village import Days


def live(here: Village, days: "Days") -> None:
    """Four fresh concerns, one talk that goes on, and one honest no."""
    village = TrustVillage.objects.get(pk=here.village_id)
    for number, (told, at) in enumerate(_fresh(days)):
        hand_in(told, village=village, form_key=f"demo-desk-{number}", at=at)
    ended = Told("een jongen in 5B", "Hij heeft geen fiets en wil mee op uitstap.", "0470 00 10 06", "Lotte",
                 "teacher", "yes", "nl")  # fmt: skip
    hand_in(ended, village=village, form_key="demo-ended", at=days.at(-12, 9))
    with viewer.acting(here.people["els"], page="concern", at=days.at(-11, 9)) as me:
        concern = take_up(
            about(ended.who_about), by=me, at=days.at(-11, 9),
            stand_in=here.people["marc"],
        )  # fmt: skip
    with viewer.acting(here.people["els"], page="concern", at=days.at(-11, 10)) as me:
        concern = Concern.objects.get(pk=concern.pk)
        write_note(concern, text="Juf Lotte gebeld.", reached=True, by=me, at=days.at(-11, 10))
        close(
            Concern.objects.get(pk=concern.pk), outcome="elsewhere",
            reason="Hij leent een fiets bij Buurthuis Onder de Linde. Amina belt de ouders.", by=me,
            at=days.at(-10, 16),
        )  # fmt: skip


def _fresh(days: "Days") -> list[tuple[Told, object]]:
    return [
        (Told("een meisje in 2A", "Ze eet 's middags niets en geeft haar boterhammen weg.", "karin@veer.example",
              "Karin", "teacher", "no", "nl"), days.at(-5, 15)),
        (Told("ابني، ست سنوات", "ابني يخاف من الذهاب إلى المدرسة ويبكي كل صباح. لا أعرف مع من أتكلم.", "0470 00 20 30",
              "أمينة", "parent", "myself", "ar"), days.at(-2, 20)),
        (Told("Amir, buurjongen", "Hij zit elke avond laat alleen op straat.", "0470 00 20 31", "", "neighbour",
              "not yet", "nl"), days.at(-1, 22)),
        (Told(asker_kind="young", wants_help_now=True, language="nl", reach="na school aan de poort van Het Veer"),
         days.at(-1, 22, 50)),
    ]  # fmt: skip
