"""A visitor of the demonstration: be anybody, and say yes to a plan on a telephone."""

import re

from journeys.story import Devices


def test_a_visitor_says_yes_as_the_mother_without_being_anybody(devices: Devices) -> None:
    visitor = devices.desk("en")
    visitor.go("/demo/")
    visitor.look("demo")
    visitor.press("A link for the phone")
    card = visitor.words()
    phone = devices.phone("ar")
    phone.go(re.search(r"/l/[\w-]+/", card)[0])
    phone.write("code", re.search(r"\b\d{3} \d{3}\b", card)[0])
    phone.press("Come in")
    phone.press("Yes, this is our plan")
    phone.press("Yes, I say yes")
    phone.sees(phone.say("Thank you"))
    visitor.go("/demo/")
    assert visitor.page.get_by_role("button", name="A link for the phone").count() == 0, (
        "nothing waits any more"
    )
