"""Every form looks and speaks the same: label, hint, mistake, field, tied together for those who listen."""

import re

from django import forms

from kring.web.design.forms import OneOf, Renderer, SomeOf


class Concern(forms.Form):
    """A little of everything."""

    default_renderer = Renderer

    who = forms.CharField(label="Who is it about?", help_text="A first name is enough.")
    note = forms.CharField(label="More", required=False, widget=forms.Textarea(attrs={"class": "short"}))
    knows = forms.ChoiceField(
        label="Does the family know?",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        widget=OneOf(hints={"no": "We can help."}),
    )
    domains = forms.MultipleChoiceField(
        label="About", required=False, choices=[("home", "Home")], widget=SomeOf(pictograms={"home": "home"})
    )
    agreed = forms.BooleanField(label="They agreed")
    token = forms.CharField(widget=forms.HiddenInput)


def test_a_hint_and_a_mistake_are_read_with_the_field() -> None:
    page = str(Concern({"token": "x"}))
    field = re.search(r'<input type="text" name="who"[^>]*>', page)
    assert field
    assert 'aria-describedby="id_who_helptext id_who_error"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    assert 'id="id_who_helptext"' in page
    assert 'id="id_who_error"' in page


def test_text_fields_get_our_look_and_keep_their_own() -> None:
    page = str(Concern())
    assert 'class="input short"' in page
    assert '<input type="hidden" name="token" id="id_token">' in page


def test_what_need_not_be_filled_in_says_so() -> None:
    page = str(Concern())
    assert page.count('class="optional"') == 2


def test_choices_are_a_group_with_a_name() -> None:
    page = str(Concern())
    assert '<legend class="label">Does the family know?' in page
    assert "<small>We can help.</small>" in page
    assert "pictograms.svg#home" in page
    assert re.search(r'<label class="option" for="id_knows_0">', page)


def test_a_tick_stands_before_its_words() -> None:
    assert re.search(
        r'<label class="option" for="id_agreed"><input type="checkbox"[^>]*><span>They agreed', str(Concern())
    )


def test_what_people_typed_is_escaped() -> None:
    assert "<script>" not in str(Concern({"who": '"><script>', "token": "x"}))


def test_what_is_pasted_into_a_box_is_never_cut_by_the_browser() -> None:
    class Told(forms.Form):
        words = forms.CharField(max_length=10, widget=forms.Textarea(attrs={"rows": 2}))

    form = Told({"words": "much longer than it fits"}, renderer=Renderer())
    assert "maxlength" not in str(form["words"])
    assert "much longer than it fits" in str(form["words"])
    assert 'rows="2"' in str(form["words"])
    assert not form.is_valid()
