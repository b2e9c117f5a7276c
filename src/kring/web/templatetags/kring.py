"""`{% load kring %}`: icons, pictograms, faces, days in words, promises, the circle in rings."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import defaulttags
from django.template.base import TextNode
from django.template.defaulttags import URLNode
from django.template.loader import render_to_string
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kring.web.design import days, faces, lists, ring_drawing
from kring.web.design.addresses import address
from kring.web.design.rings import SHAPES, Circle, lay_out
from kring.web.design.words_in_space import fitted, short_name

register = template.Library()

TURNING = {
    "arrow-left",
    "arrow-right",
    "chevron-left",
    "chevron-right",
    "send",
    "log-in",
    "log-out",
    "undo-2",
    "list",
    "list-checks",
    "external-link",
}
GROUNDS = {
    "home": "sand", "school": "sky", "friends": "leaf", "feelings": "rose", "health": "leaf", "money": "sand",
    "leisure": "sky", "learning": "lilac", "family": "rose", "safety": "sky", "work": "sand", "sleep": "lilac",
    "food": "leaf", "talk": "sky", "language": "lilac", "way": "leaf", "dream": "lilac", "well": "sand", "so-so": "sand", "heavy": "sand", "talent": "sand", "help": "rose",
    "glad": "sand", "calm": "sky", "curious": "lilac", "tired": "lilac", "tense": "rose", "sad": "sky",
}  # fmt: skip


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """A line drawing beside a word. Without a label it is silent for screen readers."""
    return _icon(name, str(label), extra)


@lru_cache(maxsize=512)  # a page of a long plan draws hundreds
def _icon(name: str, label: str, extra: str) -> SafeString:
    names = " ".join(filter(None, ["icon", "icon-turns" if name in TURNING else "", extra]))
    href = f"{static('built/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', names, label, href
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', names, href)


def drawn_once(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """A drawing of which everything stands in the template is text from then on: a page holds hundreds."""
    node = _DRAW(parser, token)
    given = [*node.args, *node.kwargs.values()]
    if node.target_var or any(one.filters or not isinstance(one.var, str) for one in given):
        return node
    return TextNode(node.render(template.Context()))


_DRAW = register.tags["icon"]
register.tag("icon", drawn_once)


class Said(template.Node):
    """A sentence that stands in the template, said once in each language and kept: a page says two hundred."""

    def __init__(self, node: TranslateNode) -> None:
        self.node, self.kept = node, dict[tuple[str | None, bool], str]()

    def render(self, context: template.Context) -> str:
        """The sentence in the language of the page."""
        key = get_language(), context.autoescape
        said = self.kept.get(key)
        if said is None:
            said = self.kept[key] = self.node.render(context)
        return said


@register.tag("translate")
def translate(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """`{% translate "Words" %}`, as Django reads it; words that come from a variable are looked up each time."""
    node = do_translate(parser, token)
    words = node.filter_expression
    written = getattr(words.var, "literal", None) is not None  # Django wraps words that stand in the template
    fixed = written and not (node.asvar or node.message_context or node.noop or words.filters)
    return Said(node) if fixed else node


@register.simple_tag
def pictogram(name: str, size: str = "", ground: str = "", label: str = "") -> SafeString:
    """One of our own pictures of a life domain; `size` may be big."""
    return _pictogram(name, size, ground, str(label))


@lru_cache(maxsize=128)  # every card of a directory shows one
def _pictogram(name: str, size: str, ground: str, label: str) -> SafeString:
    href = f"{static('built/pictograms.svg')}#{name}"
    ground = ground or GROUNDS.get(name, "leaf")
    names = f"pictogram {size}".strip()
    if label:
        return format_html(
            '<svg class="{}" data-ground="{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            names,
            ground,
            label,
            href,
        )
    return format_html(
        '<svg class="{}" data-ground="{}" aria-hidden="true"><use href="{}"/></svg>', names, ground, href
    )


@register.simple_tag
def mark() -> SafeString:
    """Our sign: rings with people on them, one sun in the middle."""
    return format_html('<svg class="mark" viewBox="0 0 40 40" aria-hidden="true">{}</svg>', faces.MARK)


@register.simple_tag
def face(person: Any, kind: str = "", size: str = "") -> SafeString:
    """The first letter of a name on a coloured ground; the name itself stands beside it. Kinds: see faces.KINDS."""
    return _face(f"face {size}".strip(), faces.kind_of(person, kind), faces.letter(faces.name_of(person)))


@lru_cache(maxsize=512)  # a letter is nobody's name
def _face(names: str, kind: str, letter: str) -> SafeString:
    return format_html('<span class="{}" data-kind="{}" aria-hidden="true">{}</span>', names, kind, letter)


@register.simple_tag
def day(moment: date | datetime | None, today: date | None = None) -> SafeString | str:
    """A day as people say it, in a <time>: today, Thursday, in 3 weeks."""
    if moment is None:
        return ""
    words = days.say(moment, today=today or timezone.localdate(), language=get_language() or "en")
    local = days.local(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.filter
def in_fours(signs: str) -> list[str]:
    """A long code as one types it over: four signs at a time."""
    return [signs[at : at + 4] for at in range(0, len(signs), 4)]


@register.filter
def day_words(moment: date | datetime | None) -> str:
    """The same as plain text, for use inside a sentence."""
    return days.say(moment, today=timezone.localdate(), language=get_language() or "en") if moment else ""


@register.filter
def full_day(moment: date | datetime | None) -> str:
    """The whole date: Thursday 10 December 2026."""
    return days.full(moment, language=get_language() or "en") if moment else ""


class AddressNode(URLNode):
    """Django's `{% url %}`, by the shape of the address."""

    def render(self, context: template.Context) -> str:
        """The address, or nothing where it goes into a variable and there is no such page."""
        if self.kwargs:
            return super().render(context)
        url = ""
        try:
            url = address(self.view_name.resolve(context), *(arg.resolve(context) for arg in self.args))
        except NoReverseMatch:
            if self.asvar is None:
                raise
        if self.asvar:
            context[self.asvar] = url
            return ""
        return conditional_escape(url) if context.autoescape else url


@register.tag("url")
def url(parser: template.base.Parser, token: template.base.Token) -> AddressNode:
    """`{% url "wraparound:plan" plan.pk %}`, as Django reads it."""
    node = defaulttags.url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.filter
def mistakes(form: forms.BaseForm) -> list[dict[str, Any]]:
    """Each mistake with its field; `again` where its words stand beside another too; `asks` when it is a question."""
    told = [(field, str(error)) for field in form for error in field.errors]
    times = Counter(error for _field, error in told)
    times[str(forms.Field.default_error_messages["required"])] += 1  # which one is missing, its label says
    return [
        {"field": one, "error": error, "again": times[error] > 1, "asks": str(one.label).endswith(("?", "؟"))}
        for one, error in told
    ]


@register.filter
def page_to_read(request: HttpRequest) -> str:
    """The page one can open again: this one, or, when something was sent to it, the one it was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    if came_from.netloc != request.get_host() or not came_from.path:
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


@register.filter
def listed(words: Iterable[object]) -> str:
    """Names with commas and an “and”, as the reader's language joins them."""
    return lists.listed(words)


@register.simple_tag
def promise_badge(
    due: date | datetime | None = None, state: str = "", today: date | None = None, words: str = ""
) -> str:
    """A promise: kept, late, soon or open; worked out from the day unless a state is given."""
    now = today or timezone.localdate()
    state = state or days.promise_state(due, today=now)
    shown = (
        days.as_date(due) if due and state in ("late", "kept") else due
    )  # the hour matters while it is to come
    language = get_language() or "en"
    said = days.say(shown, today=now, language=language) if shown else ""
    if words:
        return render_to_string(
            "parts/promise_badge.html", {"due": due, "said": said, "state": state, "words": words}
        )
    return _badge(bool(due), said, state, language)


@lru_cache(maxsize=512)  # the same few days stand on every page
def _badge(has_day: bool, said: str, state: str, language: str) -> str:
    return render_to_string("parts/promise_badge.html", {"due": has_day, "said": said, "state": state})


@register.inclusion_tag("parts/steps.html")
def steps(now: int, of: int) -> dict[str, Any]:
    """Where one is in a row of questions: Question 2 of 4."""
    return {
        "now": now,
        "of": of,
        "bars": ["done" if one < now else "now" if one == now else "" for one in range(1, of + 1)],
    }


@register.filter
def tel(number: str) -> str:
    """The address behind a call button."""
    return "tel:" + "".join(sign for sign in str(number) if sign.isdigit() or sign == "+")


@register.filter
def is_single_tick(field: BoundField) -> bool:
    """One box to tick, whose label stands beside it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def first_id(field: BoundField) -> str:
    """Where a line of the summary of mistakes leads to."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.inclusion_tag("parts/rings.html")
def rings(circle: Circle) -> dict[str, Any]:
    """The circle as a picture, for wide and for narrow screens."""
    people = tuple(circle.people)
    kinds = {person.kind for person in people}
    return {
        "child": circle.child,
        "child_short": fitted(short_name(circle.child), 20, 84),
        "pictures": [ring_drawing.drawn(lay_out(people, name)) for name in SHAPES],
        "kinds": [(kind, word) for kind, word in ring_drawing.kinds().items() if kind in kinds],
    }
