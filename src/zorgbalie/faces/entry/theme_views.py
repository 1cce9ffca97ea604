"""A practice's own colours as a style sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zorgbalie.faces.entry.access import public_page
from zorgbalie.ui.theme import NotAColourError, practice_theme_css


@public_page
@require_GET
def theme(request: HttpRequest, colour: str) -> HttpResponse:
    """The style sheet of one brand colour. It depends on the colour alone, so it says nothing about a practice."""
    try:
        sheet = practice_theme_css(brand=f"#{colour}")
    except NotAColourError:
        raise Http404 from None
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
