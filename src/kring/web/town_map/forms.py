"""What one fills in to draw the map, and what may be wrong with the file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.network.maps import MapUnreadable
from kring.network.maps.reading import MOST_BYTES

SENTENCES: dict[str, Promise] = {
    "empty": _("The file is empty."),
    "too_large": _("This file is larger than %(most)s MB. Ask the town for a simpler one."),
    "no_json": _("This is no GeoJSON we can read. The file may be damaged."),
    "no_geojson": _("This is JSON, but no list of areas. Ask for a GeoJSON “FeatureCollection”."),
    "no_areas": _("There is no neighbourhood in this file."),
    "no_areas_at": _(
        "“%(name)s” is no area but a point or a line. We need the outline of each neighbourhood."
    ),
    "too_many": _("There are more than %(most)s areas in this file. Use neighbourhoods, not streets."),
    "too_fine": _("The outlines have more than %(most)s points. Ask the town for a simpler file."),
    "no_name": _("Area %(number)s has no name. We look for a field like “name”, “naam” or “nom”."),
    "broken_outline": _("The outline of “%(name)s” cannot be read."),
    "not_degrees": _("These are not degrees. Ask the town for the same file in WGS84 (EPSG:4326)."),
    "too_wide": _("This is larger than a town. Are east and north perhaps in the wrong order?"),
}


class MapForm(forms.Form):
    """The town's list of neighbourhoods."""

    file = forms.FileField(
        label=_("Which file?"),
        help_text=_(
            "GeoJSON with a name and an outline for each neighbourhood. At most 5 MB. Your town hall has it."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.geojson"}),
        allow_empty_file=True,
        max_length=200,
    )

    def clean_file(self) -> Any:
        """A file that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(sentence(MapUnreadable("too_large", most=MOST_BYTES // 1024 // 1024)))
        return file

    def refuse(self, problem: MapUnreadable) -> None:
        """What is wrong with the file, beside the field."""
        self.add_error("file", sentence(problem))


def sentence(problem: MapUnreadable) -> str:
    """What is wrong, in the reader's language."""
    told = SENTENCES.get(problem.key)
    return str(told) % problem.params if told else gettext("This cannot be read.")
