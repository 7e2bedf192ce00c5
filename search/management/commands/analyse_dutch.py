from argparse import ArgumentParser
from contextlib import suppress

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from search.analysis import analyser_for
from search.word_rules import put_in_force


class Command(BaseCommand):
    help = "Show under which tokens Dutch words can be found: one line for each word."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="+", metavar="WORD")

    def handle(self, *, words: list[str], **options: object) -> None:
        with suppress(DatabaseError):  # without a database the exceptions of the program count
            put_in_force()
        analyser = analyser_for("nl")
        for word in words:
            self.stdout.write(" ".join(analyser.tokens(word)))
