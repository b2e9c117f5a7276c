"""One question a page: what was answered is kept at each step, and back loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from kring.web.wraparound.drafting import Drafted

Make = Callable[..., forms.Form]


class Questions:
    """A row of questions, and at the end a page to look once more."""

    def __init__(self, request: HttpRequest, steps: list[tuple[str, Make]], drafted: Drafted) -> None:
        self.request, self.steps, self.drafted = request, steps, drafted
        asked = request.GET.get("question", "1")
        self.number = min(max(int(asked) if asked.isdecimal() and len(asked) < 3 else 1, 1), len(steps) + 1)

    @property
    def is_check(self) -> bool:
        """All is answered: look once more."""
        return self.number > len(self.steps)

    def made(self, number: int, posted: Any = None) -> forms.Form:
        """One question with what was answered before."""
        _name, make = self.steps[number - 1]
        form = make(posted)
        if posted is None:
            for name in form.fields:
                if self.drafted.before.get(name):
                    form.initial[name] = self.drafted.before[name][-1]
        return form

    def answer(self, context: dict[str, Any]) -> HttpResponse:
        """Show the question, or keep its answer and go on."""
        if self.request.method == "POST":
            form = self.made(self.number, self.request.POST)
            self.drafted.keep({name: self.request.POST.getlist(name) for name in form.fields})
            if form.is_valid():
                return redirect(f"{self.request.path}?question={self.number + 1}")
        else:
            form = self.made(self.number)
        context |= {
            "form": form, "drafted": self.drafted, "now": self.number, "of": len(self.steps) + 1,
            "before": f"{self.request.path}?question={self.number - 1}" if self.number > 1 else "",
        }  # fmt: skip
        return TemplateResponse(
            self.request, "wraparound/question.html", context, status=422 if form.errors else 200
        )

    def whole(self) -> tuple[list[dict[str, Any]], dict[str, Any] | None, int]:
        """All answers as lines; their clean values, or the number of the first question to look at again."""
        lines: list[dict[str, Any]] = []
        clean: dict[str, Any] = {}
        for number in range(1, len(self.steps) + 1):
            form = self._bound(number)
            if not form.is_valid():
                return lines, None, number
            clean |= form.cleaned_data
            lines += [self._line(form, name, number) for name in form.fields if form.cleaned_data.get(name)]
        return lines, clean, 0

    def _bound(self, number: int) -> forms.Form:
        from django.http import QueryDict

        kept = QueryDict(mutable=True)
        for name, values in self.drafted.before.items():
            kept.setlist(name, values)
        return self.made(number, kept)

    def _line(self, form: forms.Form, name: str, number: int) -> dict[str, Any]:
        value = form.cleaned_data[name]
        choices = dict(getattr(form.fields[name], "choices", ()))
        shown = choices.get(str(value), value)
        label = form.fields[name].label
        url = f"{self.request.path}?question={number}"
        return {"label": label, "value": _("yes") if shown is True else shown, "url": url}
