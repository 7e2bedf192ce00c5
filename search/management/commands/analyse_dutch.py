from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from search.analysis import analyser_for


class Command(BaseCommand):
    help = "Show under which tokens Dutch words can be found: one line for each word."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="+", metavar="WORD")

    def handle(self, *, words: list[str], **options: object) -> None:
        analyser = analyser_for("nl")
        for word in words:
            self.stdout.write(" ".join(analyser.tokens(word)))
