"""Staff begin: they are invited, choose a password, and set up a second factor."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.permissions import Permission
from kring.trust.usecases import accounts
from kring.web import sessions
from kring.web.doors import door
from kring.web.trust import cards
from kring.web.trust.forms import Invitation, NewPassword
from kring.web.trust.front import REAL
from kring.web.trust.invited import is_invited


@door("signed-in", page="begin")
def begin(request: HttpRequest) -> HttpResponseBase:
    """The first minute of somebody who was invited: a password of one's own."""
    invited = request.session.get(sessions.INVITED)
    if not is_invited(request) or _has_factor(request):
        return redirect("second_factor")
    form = NewPassword(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = request.user
        accounts.choose_password(account, form.cleaned_data["password"])
        login(request, account, backend=sessions.BACKEND)
        request.session[sessions.INVITED] = invited
        sessions.mark(request)
        record_authentication(request, account, method="password", reauthenticated=True)
        return redirect("second_factor")
    return TemplateResponse(request, "trust/begin.html", {"form": form}, status=422 if form.errors else 200)


def _has_factor(request: HttpRequest) -> bool:
    return Authenticator.objects.filter(user=request.user, type__in=REAL).exists()


@door("second-factor", page="invite")
def invite(request: HttpRequest) -> HttpResponseBase:
    """An administrator invites somebody to work in the village."""
    request.viewer.must(Permission.ADMINISTER)
    form = Invitation(
        request.viewer.village_id, request.POST or None, initial={"role": request.GET.get("role")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = accounts.invite_staff(**form.cleaned_data, by=request.viewer, at=timezone.now())
        except accounts.AddressIsTaken:
            form.add_error(
                "email",
                _(
                    "This address is known here already. Did they not come in yet? Make them a new card, on the page of the people."
                ),
            )
        else:
            return cards.card(request, made.person, made.link, staff=True)
    return TemplateResponse(request, "trust/invite.html", {"form": form}, status=422 if form.errors else 200)
