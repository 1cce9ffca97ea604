"""Forms say what is wrong and where, in a way that every reader finds (ux 1, 2, 8 to 10; WCAG 3.3.1)."""

import re

import pytest
from django import forms

from tests.ui.render import fragment
from zorgbalie.ui.styleguide import QuestionForm, SampleForm


def tag_of(html: str, name: str) -> str:
    return re.search(rf"<(?:input|textarea|select)[^>]*name=\"{name}\"[^>]*>", html).group()


def test_error_summary_links_to_each_field_in_order():
    html = fragment("{% ui_form form %}", form=SampleForm({}))
    targets = re.findall(r"<li><a class=\"nl-link\" href=\"#([^\"]+)\"", html)
    assert targets == ["id_subject", "id_phone", "id_text", "id_who_0", "id_place", "id_agree"]
    assert all(f'id="{target}"' in html for target in targets)


def test_ux9_error_summary_names_the_field_among_others_and_does_not_say_one_question_twice():
    assert ">Telefoonnummer: " in fragment("{% ui_error_summary form %}", form=SampleForm({}))
    only = fragment("{% ui_error_summary form %}", form=QuestionForm({}))
    assert "Waar gaat uw vraag over" not in only
    assert 'href="#id_topic_0"' in only


def test_valid_or_unsent_form_has_no_summary():
    assert "zb-errors" not in fragment("{% ui_form form %}", form=SampleForm())


def test_message_and_help_are_tied_to_the_control():
    html = fragment("{% ui_field form.phone %}", form=SampleForm({}))
    control = tag_of(html, "phone")
    assert 'aria-describedby="id_phone_error id_phone_helptext"' in control
    assert 'aria-invalid="true"' in control
    assert html.count('id="id_phone_error"') == html.count('id="id_phone_helptext"') == 1


def test_field_without_error_is_not_invalid():
    control = tag_of(fragment("{% ui_field form.subject %}", form=SampleForm()), "subject")
    assert "aria-invalid" not in control
    assert "aria-describedby" not in control


def test_group_of_choices_has_legend_and_described_fieldset():
    html = fragment("{% ui_field form.who %}", form=SampleForm({}))
    assert re.search(r"<fieldset[^>]*aria-describedby=\"id_who_error\"", html)
    assert "<legend" in html
    assert html.count("<label for=") == 3


def test_long_text_keeps_what_was_pasted_and_tells_the_limit():
    """Ux 10: a browser's own maxlength would cut a pasted story without a word."""
    control = tag_of(fragment("{% ui_field form.text %}", form=SampleForm()), "text")
    assert 'data-limit="3000"' in control
    assert "maxlength" not in control


def test_optional_field_says_so_and_required_field_does_not():
    html = fragment("{% ui_form form %}", form=SampleForm())
    assert html.count("(niet verplicht)") == 2


def test_question_page_has_one_heading_which_is_the_question():
    html = fragment("{% ui_question form '/terug/' %}{% endui_question %}", form=QuestionForm())
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Waar gaat uw vraag over?"]
    assert re.search(r"<legend[^>]*><h1", html)
    assert 'href="/terug/"' in html
    assert "csrfmiddlewaretoken" in html
    assert ">Verder</span>" in html


def test_question_page_with_own_title_and_button():
    html = fragment(
        "{% ui_question form '/terug/' title='Uw bestelling' submit='Verstuur' %}{% endui_question %}",
        form=SampleForm(),
    )
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Uw bestelling"]
    assert ">Verstuur</span>" in html


class Hostile(forms.Form):
    name = forms.CharField(label='<b>"x"', help_text="<i>hulp", initial='"><script>')


def test_field_texts_are_escaped():
    """Security row 26."""
    html = fragment("{% ui_form form %}", form=Hostile())
    assert not re.search(r"<b>|<i>|<script>", html)


@pytest.mark.parametrize(
    "source",
    ["{% ui_button 'x' 'red' %}", "{% ui_tag 'x' 'error' %}", "{% ui_alert 'loud' %}{% endui_alert %}"],
)
def test_a_look_that_does_not_exist_is_refused(source):
    """Ux 14: there is no red status tag."""
    with pytest.raises(ValueError, match="Unknown"):
        fragment(source)
