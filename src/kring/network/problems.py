"""What could not be read in a list, in a sentence people understand."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "ages_crossed": _("The youngest age (%(youngest)s) is above the oldest (%(oldest)s). We left both out."),
    "column_missing": _("This column is missing. Without it we cannot read the table."),
    "column_twice": _("This column stands there twice. We read the first one."),
    "empty": _("The file is empty."),
    "holds_no_offer": _("This holds no organisation and no offer (%(kind)s)."),
    "json_broken": _("This is no JSON we can read. It breaks off at line %(line)s, sign %(column)s."),
    "language_unknown": _("We do not know the language “%(value)s”."),
    "missing": _("Something is missing here. Without it we left this record out."),
    "no_tables": _("We found no table of services or organisations in the file."),
    "not_a_date": _("“%(value)s” is not a date."),
    "not_a_list": _("Here we expected a list."),
    "not_a_number": _("“%(value)s” is not a number."),
    "not_a_record": _("Here we expected a record with fields."),
    "not_a_telephone": _("“%(value)s” is not a telephone number."),
    "not_a_time": _("“%(value)s” is not a time of day."),
    "not_a_web_address": _("“%(value)s” is not a web address that starts with http."),
    "not_a_weekday": _("“%(value)s” is not a day of the week."),
    "not_an_amount": _("“%(value)s” is not an amount of money."),
    "not_an_email": _("“%(value)s” is not an e-mail address."),
    "not_text": _("Here we expected text."),
    "nothing_inside": _("There is nothing in this file that we can take over."),
    "number_out_of_range": _("“%(value)s” is not between %(lowest)s and %(highest)s."),
    "points_nowhere": _("“%(value)s” points at a row that is not there."),
    "rhythm_unknown": _("We do not know the rhythm “%(value)s”."),
    "row_broken": _("This row cannot be read. Look for a quotation mark that does not close."),
    "status_unknown": _("We do not know the status “%(value)s”. We show the offer as open."),
    "table_missing": _("The table “%(table)s” is missing in the zip."),
    "text_cut": _("The text is longer than %(longest)s signs. We kept the beginning."),
    "too_deep": _("The file is nested deeper than we read."),
    "too_large": _("The file holds more than %(most)s MB of text. Please split it."),
    "too_many_cells": _("This row has more cells than the table has columns. We left it out."),
    "too_many_files": _("The zip holds more than %(most)s files."),
    "too_many_rows": _("The table has more than %(most)s rows. We stopped there."),
    "took_too_long": _("The file took too long. We stopped, and kept what we had read."),
    "twice": _("“%(value)s” stands there twice. We read the first one."),
    "zip_broken": _("This zip cannot be opened. It may be damaged or locked."),
}


def sentence(key: str, params: Mapping[str, str]) -> str:
    """The problem as a sentence in the reader's language."""
    if key not in SENTENCES:
        return gettext("This cannot be read.")
    try:
        return str(SENTENCES[key]) % dict(params)
    except (KeyError, ValueError):
        return str(SENTENCES[key])
