import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from meldpunt.reports.services import reaping
from meldpunt.vault.services.domains import Keystore, Surface
from portal.audit.services import record
from portal.regions.models import Municipality


class Command(BaseCommand):
    help = (
        "Destroy what is due: ordered shreddings, names of reporters, and closed reports. Run it "
        "with --after-restore before a site opens that came out of a backup."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after-restore",
            action="store_true",
            help="destroy again what a backup brought back, and note it",
        )
        parser.add_argument(
            "--destroyed-list",
            type=Path,
            help="the list that was kept outside, when the keystore was restored as well",
        )
        parser.add_argument(
            "--trust-clock",
            action="store_true",
            help="go on though the clock jumped since the last event of the trail",
        )

    def handle(self, **options: object) -> None:
        if not options["trust_clock"]:
            try:
                reaping.require_a_sound_clock()
            except reaping.ClockIsWrong as error:
                raise CommandError(
                    f"{error} Nothing was destroyed; look at the clock, or add --trust-clock."
                ) from None
        if options["destroyed_list"]:
            self.take_list(options["destroyed_list"])  # type: ignore[arg-type]
        places = tqdm(Municipality.objects.all(), disable=None, file=sys.stderr)
        rounds = [reaping.reap(place) for place in places]
        reaping.note_round(rounds)
        again = sum(one.again for one in rounds)
        if options["after_restore"]:
            record("retention.restored", by="system", details={"again": again})
        self.stdout.write(f"{sum(one.destroyed for one in rounds)} destroyed.")
        self.stdout.write(f"{sum(one.held for one in rounds)} kept by a hold of the FG.")
        if again:
            self.stdout.write(f"{again} destroyed again after a restore.")
        if failed := [ref for one in rounds for ref in one.failed]:
            raise CommandError(f"Not destroyed, and tried again tomorrow: {', '.join(failed)}")

    def take_list(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="ascii").split()
            ids = [bytes.fromhex(line) for line in lines]
        except (OSError, ValueError):
            raise CommandError(f"{path} is no list of destroyed keys.") from None
        Keystore(Surface.REAPER).remember_destroyed(ids)
        self.stdout.write(f"{len(ids)} destroyed keys known.")
