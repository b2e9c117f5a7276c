from typing import Any
from uuid import uuid4

from django.contrib.auth import hashers
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models.villages import Organisation, Village


class Person(models.Model):
    """A face and a name; nothing else about anybody stands here."""

    policy = "person"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="persons")
    given_name = models.CharField(_("first name"), max_length=80)
    surname = models.CharField(_("surname"), max_length=120, blank=True)
    met_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    data_classes = {
        "id": "technical",
        "village": "village",
        "given_name": "circle",
        "surname": "circle",
        "met_by": "technical",
    }

    def __str__(self) -> str:
        return self.given_name

    @property
    def full_name(self) -> str:
        """First name and surname."""
        return f"{self.given_name} {self.surname}".strip()

    @property
    def initial(self) -> str:
        """The first letter, for the face."""
        return self.given_name[:1].upper()


class Job(models.Model):
    """What a professional or volunteer does for one organisation, from when to when."""

    policy = "work"

    class Role(models.TextChoices):
        WORKER = "worker", _("worker")
        TEACHER = "teacher", _("teacher")
        CONTACT_POINT = "contact point", _("contact point worker")
        COORDINATOR = "coordinator", _("coordinator")
        NETWORK = "network", _("network coordinator")
        LEAD = "lead", _("organisation lead")
        TRUST_OFFICER = "trust officer", _("trust officer")
        ADMINISTRATOR = "administrator", _("administrator")
        POLICY = "policy", _("policy maker")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="jobs")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="jobs")
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.WORKER)
    title = models.CharField(_("what you do, in plain words"), max_length=120, blank=True)
    bound = models.BooleanField(_("bound by professional secrecy"), default=False)
    phone = models.CharField(_("direct line"), max_length=40, blank=True)
    languages = models.CharField(_("languages"), max_length=80, blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    # Written by the database: whose word this work rests on, and who else stands for it (D6).
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # Stays when whoever gave it is forgotten.
    given_here = models.BooleanField(default=False, db_default=False)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    data_classes = {
        "id": "technical",
        "person": "village",
        "organisation": "village",
        "role": "village",
        "title": "village",
        "bound": "village",
        "phone": "village",
        "languages": "village",
        "since": "village",
        "until": "village",
        "given_by": "technical",
        "given_here": "technical",
        "confirmed_by": "technical",
        "confirmed_at": "technical",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_job_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts, with an e-mail address for staff and without for families."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "Account":
        """An account for one person; without a password it opens by link or passkey only."""
        account = self.model(email=self.normalize_email(email) or None if email else None, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """How one person signs in. It opens nothing by itself."""

    policy = "sign-in"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    quiet_titles = models.BooleanField(_("tabs name the village only"), default=True, db_default=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    data_classes = {
        "id": "technical",
        "person": "technical",
        "email": "secret",
        "password": "secret",
        "last_login": "technical",
        "language": "own",
        "is_active": "technical",
        "shortcuts": "own",
        "quiet_titles": "own",
    }

    def __str__(self) -> str:
        return str(self.pk)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Looking writes nothing: the database does not know yet who is there."""
        return hashers.check_password(raw_password, self.password)
