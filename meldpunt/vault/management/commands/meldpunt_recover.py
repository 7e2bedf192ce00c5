from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from meldpunt.vault.encryption import (
    CannotOpen,
    NotARecoveryFile,
    RecoveryCase,
    RecoveryPair,
    RecoverySeed,
    SheetsRefused,
    case_from_text,
    pair_to_text,
    read_sheets,
    result_to_text,
    write_sheets,
)

KEEPERS = ("1, for the municipal secretary", "2, for the FG", "3, for the region")


class Command(BaseCommand):
    help = (
        "The paper sheets of a municipality. Only on a computer without network: make them, try "
        "them every quarter, and use two of them when nobody holds the keys any more."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        make = deeds.add_parser("make", help="make a recovery pair and its three sheets")
        make.add_argument("file", type=Path, help="where the pair for the server goes")
        make.add_argument(
            "--municipality-number", type=int, required=True, help="as meldpunt_recovery shows it"
        )
        use = deeds.add_parser("open", help="open a case from the server with two sheets")
        use.add_argument("case", type=Path, help="the file that meldpunt_recovery export wrote")
        use.add_argument("result", type=Path, nargs="?", help="where the result goes")
        use.add_argument("--drill", action="store_true", help="try the sheets and write nothing")

    def handle(self, deed: str, **options: Any) -> None:
        if deed == "make":
            self.make(options["file"], options["municipality_number"])
        elif options["drill"]:
            self.drill(self.case(options["case"]))
        elif options["result"] is None:
            raise CommandError("Name the file for the result, or add --drill.")
        else:
            self.open(self.case(options["case"]), options["result"])

    def make(self, path: Path, number: int) -> None:
        seed = RecoverySeed.new()
        sheets = write_sheets(seed)
        self.stdout.write("Three people each write down one sheet; the others look away.\n")
        for keeper, sheet in zip(KEEPERS, sheets, strict=True):
            self.show(keeper, sheet)
            input("Written down and read back? Press Enter, and the screen is cleared. ")
            self.stdout.write("\033[2J\033[H", ending="")
        self.stdout.write("Now type two of the sheets from the paper, to see that they are right.")
        if self.typed_seed().material != seed.material:
            raise CommandError("That is another seed. Nothing was kept; begin again.")
        self.write(path, pair_to_text(RecoveryPair.new(seed=seed, municipality=number)))
        self.stdout.write(f"The pair for the server is in {path}. It opens nothing by itself.")
        self.stdout.write("Each sheet goes in an envelope, in three safes in three buildings.")

    def show(self, keeper: str, sheet: str) -> None:
        self.stdout.write(f"Sheet {keeper}:")
        words = sheet.split()
        for start in range(0, len(words), 3):
            row = (f"{start + i + 1:>3} {word:<12}" for i, word in enumerate(words[start:][:3]))
            self.stdout.write("".join(row))

    def drill(self, case: RecoveryCase) -> None:
        held = self.held(case)
        for key in held:
            self.stdout.write(f"  {key.role}, epoch {key.epoch}: opens.")
        self.stdout.write(self.style.SUCCESS(f"{len(held)} keys open. Nothing was written."))
        self.stdout.write("On the server: manage.py meldpunt_recovery drilled <municipality>")

    def open(self, case: RecoveryCase, path: Path) -> None:
        if not case.holders:
            raise CommandError("The case names no new holders; export it again with --holder.")
        for holder in case.holders:
            self.stdout.write(f"{holder.name}: mark of the key {holder.public.fingerprint}")
        self.stdout.write("Call each of them: the page Sleutels shows them the same mark.")
        if input("Are the marks the same? Type yes: ").strip().lower() not in ("yes", "ja"):
            raise CommandError("Stopped. Nothing was written.")
        try:
            result = case.resolved(
                self.typed_seed(), on=timezone.localdate(), days=settings.MELDPUNT_SIGNING_KEY_DAYS
            )
        except CannotOpen:
            raise CommandError(WRONG_SHEETS) from None
        self.write(path, result_to_text(result))
        self.stdout.write(f"The result is in {path}. On the server: meldpunt_recovery grant")

    def held(self, case: RecoveryCase) -> list[Any]:
        try:
            return case.opened(self.typed_seed())
        except CannotOpen:
            raise CommandError(WRONG_SHEETS) from None

    def typed_seed(self) -> RecoverySeed:
        sheets = [input(f"The 33 words of the {which} sheet: ") for which in ("first", "second")]
        try:
            return read_sheets(sheets)
        except SheetsRefused as error:
            raise CommandError(str(error)) from None

    def case(self, path: Path) -> RecoveryCase:
        try:
            return case_from_text(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeError, NotARecoveryFile) as error:
            raise CommandError(f"{path}: {error}") from None

    def write(self, path: Path, text: str) -> None:
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from None


WRONG_SHEETS = "These sheets belong to another pair, or the case was changed."
