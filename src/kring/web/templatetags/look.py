"""`{% load look %}`: the village's own sign, colours and languages."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kring.trust.chosen import AS_GIVEN, COLOURS, LOGO, Chosen
from kring.web.administration.themes import stamp
from kring.web.design.addresses import address
from kring.web.houses import chosen_here
from kring.web.templatetags.kring import mark

register = template.Library()


@register.simple_tag(takes_context=True)
def village_mark(context: template.Context) -> SafeString:
    """The village's own sign, or ours."""
    logo = _chosen(context).told.get(LOGO)
    if not logo:
        return mark()
    return format_html('<img class="mark logo" src="{}" alt="">', address("administration:logo", logo))


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> SafeString | str:
    """The sheet with the village's own colours, where it chose any."""
    colours = _chosen(context).told.get(COLOURS)
    if not colours:
        return ""
    return format_html('<link rel="stylesheet" href="{}">', address("administration:theme", stamp(colours)))


@register.simple_tag(takes_context=True)
def offered_languages(context: template.Context) -> list[tuple[str, str]]:
    """The languages of the village; without a choice, all."""
    chosen = _chosen(context).languages
    return [one for one in settings.LANGUAGES if not chosen or one[0] in chosen]


def _chosen(context: template.Context) -> Chosen:
    """What the village of this page chose for itself."""
    request = context.get("request")
    return chosen_here(request) if request is not None else AS_GIVEN
