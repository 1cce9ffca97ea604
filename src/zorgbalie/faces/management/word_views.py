"""Words that the practice added to the language meter (REQ 45)."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.record.actions import language as actions
from zorgbalie.record.queries import language as queries
from zorgbalie.record.types.writing import LONGEST_PLAIN, LONGEST_WORD, PlainWordId

_NUMBER_DIGITS = 7
_LARGEST_ID = 2**63 - 1


class WordForm(forms.Form):
    """A hard word and what one can say instead."""

    word = forms.CharField(
        label=gettext_lazy("Moeilijk woord"),
        help_text=gettext_lazy("In het enkelvoud, bijvoorbeeld: nierfunctie. De meter vindt ook het meervoud."),
        max_length=LONGEST_WORD,
    )
    plain = forms.CharField(
        label=gettext_lazy("Gewone woorden"),
        help_text=gettext_lazy("Bijvoorbeeld: hoe goed uw nieren werken."),
        max_length=LONGEST_PLAIN,
    )


class SearchForm(forms.Form):
    """Search in the list."""

    q = forms.CharField(label=gettext_lazy("Zoek een woord"), required=False, max_length=LONGEST_WORD)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: FaceRequest) -> HttpResponse:
    """The list, and a form for another one."""
    form = WordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_word(viewer=request.viewer, word=form.cleaned_data["word"], plain=form.cleaned_data["plain"])
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Het woord staat in de lijst."))
            return redirect("management_words")
    search = request.GET.get("q", "")[:LONGEST_WORD]
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < _NUMBER_DIGITS else 1
    found = queries.list_own_words(viewer=request.viewer, search=search, page=number)
    context = {
        "form": form,
        "rows": found.rows,
        "total": found.total,
        "page": Paginator(range(found.total), found.size).get_page(found.number),
        "search_form": SearchForm(initial={"q": search}),
        "search": search.strip(),
    }
    return render(request, "management/words.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: FaceRequest, word_id: int) -> HttpResponse:
    """Take a word off the list, after a question."""
    known = PlainWordId(min(word_id, _LARGEST_ID))
    if request.method == "POST":
        actions.remove_word(viewer=request.viewer, word_id=known)
        messages.success(request, _("Het woord is weg."))
        return redirect("management_words")
    return render(
        request, "management/word_remove.html", {"word": queries.get_own_word(viewer=request.viewer, word_id=known)}
    )
