"""Sources and links for tests, made as the owner of the tables."""

from importlib import import_module

from django.apps import apps

from zorgbalie.knowledge.models import KnowledgeLink, KnowledgeSource

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


def default_sources() -> None:
    """The sources of the migration, which the emptying after a transactional test took along."""
    import_module("zorgbalie.knowledge.migrations.0002_default_sources").fill(apps, None)


def make_source(practice=None, **values) -> KnowledgeSource:
    defaults = {
        "name": "Zoekplaats", "kind": "condition", "template": "https://zoek.example/vind?q={term}", "place": 5,
    }  # fmt: skip
    return KnowledgeSource.objects.create(practice=practice, **{**defaults, **values})


def make_link(practice=None, **values) -> KnowledgeLink:
    defaults = {
        "code_system": "icpc1", "code": "K78", "url": "https://www.thuisarts.nl/", "host": "www.thuisarts.nl",
        "title": "Boezemfibrilleren",
    }  # fmt: skip
    return KnowledgeLink.objects.create(practice=practice, **{**defaults, **values})
