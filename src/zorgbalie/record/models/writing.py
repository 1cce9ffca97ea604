"""What helps the desk to write plainly: the words that a practice added to the language meter (REQ 45)."""

from django.db import models
from django.db.models.functions import Lower


class PlainWord(models.Model):
    """A hard word with plainer ones, as a practice writes them. Goes before the list that everybody has."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    word = models.CharField(max_length=60)
    plain = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("practice", Lower("word"), name="plain_word_once")]

    def __str__(self) -> str:
        return self.word
