from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.audit import sealing


class Command(BaseCommand):
    help = (
        "Seal what was added to the audit trail. With --begin, start with a chain and print its "
        "first key once: for the FG, on paper."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--begin", metavar="CHAIN", help="such as gemeente:demodam or portaal")

    def handle(self, **options: object) -> None:
        if options["begin"]:
            chain = str(options["begin"])
            try:
                first = sealing.begin(chain)
            except sealing.SealedAlready:
                raise CommandError(f"{chain} is sealed already; its key is with the FG.") from None
            self.stdout.write(f"First key of {chain}, for the FG: {first.hex()}")
            self.stdout.write("Write it down and clear the screen. It is kept nowhere else.")
            return
        self.stdout.write(f"{sealing.seal_all()} events sealed.")
