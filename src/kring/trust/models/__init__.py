from kring.trust.models.along import TakenAlong
from kring.trust.models.choices import Change, Logo, SetUpCode
from kring.trust.models.circles import Circle, Exclusion, Seat
from kring.trust.models.dangers import Danger, DangerReview, DangerRight, Postponement
from kring.trust.models.families import Birth, BirthBefore, ContactCard, Family, FamilyMember, Home
from kring.trust.models.forgettings import Forgetting
from kring.trust.models.handovers import HandOver, Leaving
from kring.trust.models.invitations import Invitation
from kring.trust.models.journal import Entry
from kring.trust.models.links import Link, SigningKey
from kring.trust.models.matters import Matter
from kring.trust.models.own_digits import OwnDigits
from kring.trust.models.persons import Account, Job, Person
from kring.trust.models.reckoned import Access, Denial
from kring.trust.models.same import SamePerson
from kring.trust.models.seals import Seal, SealCheck, SealedLine
from kring.trust.models.sessions import KnownDevice, Session, SignOn
from kring.trust.models.shared_devices import Pin, SharedDevice
from kring.trust.models.villages import AgeRule, Agreement, Holiday, Organisation, Village
from kring.trust.models.watching import SealKeeper, UnusualLook
from kring.trust.models.withdrawals import Withdrawal

__all__ = [
    "Access",
    "Account",
    "AgeRule",
    "Agreement",
    "Birth",
    "BirthBefore",
    "Change",
    "Circle",
    "ContactCard",
    "Danger",
    "DangerReview",
    "DangerRight",
    "Denial",
    "Entry",
    "Exclusion",
    "Family",
    "FamilyMember",
    "Forgetting",
    "HandOver",
    "Holiday",
    "Home",
    "Invitation",
    "Job",
    "KnownDevice",
    "Leaving",
    "Link",
    "Logo",
    "Matter",
    "Organisation",
    "OwnDigits",
    "Person",
    "Pin",
    "Postponement",
    "SamePerson",
    "Seal",
    "SealCheck",
    "SealKeeper",
    "SealedLine",
    "Seat",
    "Session",
    "SetUpCode",
    "SharedDevice",
    "SignOn",
    "SigningKey",
    "TakenAlong",
    "UnusualLook",
    "Village",
    "Withdrawal",
]
