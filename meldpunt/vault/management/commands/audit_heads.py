import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.vault.services.anchoring import check_heads, signed_heads


class Command(BaseCommand):
    help = (
        "Print the signed head of every audit chain, to keep outside: in the mailbox of the FG, or "
        "with a time stamp. With --check, compare heads that were kept with the trail of today."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", type=Path, metavar="FILE", help="heads of another day")

    def handle(self, **options: object) -> None:
        if options["check"]:
            self.compare(Path(str(options["check"])))
            return
        for head in signed_heads():
            self.stdout.write(json.dumps(head, sort_keys=True))

    def compare(self, path: Path) -> None:
        try:
            heads = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
        except (OSError, ValueError):
            raise CommandError(f"{path} holds no heads.") from None
        wrong = list(check_heads(heads))
        for line in wrong:
            self.stdout.write(self.style.ERROR(line))
        if wrong:
            raise CommandError("The trail is not what it was.")
        self.stdout.write(self.style.SUCCESS(f"{len(heads)} head(s) still stand in the trail."))
