"""The pictures of an offer: for everybody to see, for whoever keeps the offer to hang and take down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.network import photographs
from kring.network.models import Offer, Picture
from kring.network.usecases import pictures as hanging
from kring.network.usecases.offers import keeps
from kring.web.doors import door
from kring.web.keeping.kept import offer_of

A_YEAR = 31_536_000
MEGABYTES = photographs.MOST_BYTES // 1024 // 1024
REFUSALS = {
    photographs.PictureTooLarge: gettext_lazy("This picture is too large. Please choose one of at most 12 MB."),
    photographs.PictureTooSmall: gettext_lazy("This picture is so small that nobody sees what it is. Choose a larger one."),
    photographs.NotAPicture: gettext_lazy("We cannot read this as a picture. A photo from a telephone works (JPEG, PNG or WebP)."),
    hanging.WallIsFull: gettext_lazy("Four pictures hang here already. Take one down first."),
}  # fmt: skip


class PictureForm(forms.Form):
    """A photograph, in words for who cannot see it."""

    file = forms.FileField(
        label=gettext_lazy("Which picture?"), help_text=gettext_lazy("A photo from your telephone is fine. At most 12 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}), max_length=200, allow_empty_file=True,
    )  # fmt: skip
    alt = forms.CharField(
        label=gettext_lazy("What does one see?"), max_length=200,
        help_text=gettext_lazy("Say it as to somebody on the telephone. Like: a long table with paint and paper."),
    )  # fmt: skip
    maker = forms.CharField(label=gettext_lazy("Who made the picture?"), max_length=120)
    licence = forms.ChoiceField(
        label=gettext_lazy("Who may use it?"), choices=Picture.Licence, initial=Picture.Licence.PERMISSION,
        widget=forms.RadioSelect,
    )  # fmt: skip


@door("public", page="offers")
def picture(request: HttpRequest, picture_id: UUID, size: str) -> HttpResponse:
    """One picture of an offer that is shown; whoever keeps the offer sees it before as well."""
    if size not in ("small", "large"):
        raise Http404
    rows = Picture.objects.select_related("offer").defer("offer__search", "offer__extra", *_other(size))
    found, viewer = rows.filter(pk=picture_id).first(), getattr(request, "viewer", None)
    if found is None or not (found.offer.is_shown or (viewer is not None and keeps(viewer, found.offer))):
        raise Http404
    # in nobody's house but the reader's own: what is taken down is gone for everybody who comes after
    headers = {"Cache-Control": f"private, max-age={A_YEAR}, immutable", "Content-Disposition": "inline"}
    return HttpResponse(bytes(getattr(found, size)), content_type=photographs.MEDIA_TYPE, headers=headers)


def _other(size: str) -> list[str]:
    return [name for name in ("small", "large") if name != size]


@door("second-factor", page="offers")
def pictures(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """The wall of an offer: what hangs there, and a place for one more."""
    offer = offer_of(request, offer_id)
    if request.method == "POST" and "down" in request.POST:
        return _take_down(request, offer)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _hang(request, offer, form):
        messages.success(request, _("Your picture hangs in the directory."))
        return HttpResponseRedirect(reverse("keeping:pictures", args=[offer.pk]))
    hung = list(Picture.objects.filter(offer=offer).defer("large", "small").order_by("added_at", "id"))
    context = {"offer": offer, "form": form, "hung": hung, "room": len(hung) < hanging.MOST}
    return TemplateResponse(request, "keeping/pictures.html", context, status=422 if form.is_bound else 200)


def _hang(request: HttpRequest, offer: Offer, form: PictureForm) -> bool:
    """Hangs it; what cannot hang is said beside the field, and what was typed stays."""
    told: dict[str, Any] = {name: form.cleaned_data[name] for name in ("alt", "maker", "licence")}
    file = form.cleaned_data["file"]
    content = file.read(photographs.MOST_BYTES + 1)
    try:
        hanging.hang(offer, content, by=request.viewer, at=timezone.now(), **told)  # type: ignore[attr-defined]
    except tuple(REFUSALS) as problem:
        form.add_error("file", REFUSALS[type(problem)])
        return False
    return True


def _take_down(request: HttpRequest, offer: Offer) -> HttpResponse:
    try:
        gone = UUID(request.POST["down"])
    except ValueError:
        raise Http404 from None
    hanging.take_down(gone, of=offer, by=request.viewer, at=timezone.now())  # type: ignore[attr-defined]
    messages.info(request, _("The picture is taken down."))
    return HttpResponseRedirect(reverse("keeping:pictures", args=[offer.pk]))
