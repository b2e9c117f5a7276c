"""From a concern to an answer: one page, no account, a name and a day (S1)."""

from journeys.stage import Stage
from journeys.story import Devices


def test_a_teacher_hands_in_a_concern_on_one_page(devices: Devices) -> None:
    """S1, teacher's journey 1: no sign-in, three questions, a name and a day."""
    karin = devices.phone()
    karin.go("/concern/")
    karin.look("concern")
    karin.write("who_about", "Nina, 3A")
    karin.write("seen", "Ze zit al twee weken alleen en eet niet.")
    karin.write("reach", "0470 00 10 05")
    karin.tap(karin.page.get_by_label("Not yet, help me tell them"))
    karin.press("Send")
    karin.sees("Thank you. We have it.")
    karin.sees("Els contacts you before")
    assert karin.taps <= 5
    karin.look("receipt")
