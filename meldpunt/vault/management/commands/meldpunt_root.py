from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meldpunt.vault.services.ceremonies import SigningKey


class Command(BaseCommand):
    help = (
        "Make the region root: the key that vouches for every municipality. Run this once, on a "
        "computer without network, and keep the file it writes in a safe."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("private_key_file", type=Path, help="where the private half goes")

    def handle(self, private_key_file: Path, **options: object) -> None:
        root = SigningKey.new()
        try:
            with private_key_file.open("x", encoding="ascii") as file:
                private_key_file.chmod(0o600)
                file.write(root.material.hex() + "\n")
        except FileExistsError:
            raise CommandError(f"{private_key_file} exists already; a root is made once.") from None
        receipt = SigningKey.new()
        self.stdout.write(f"The private half is in {private_key_file}. It never goes on a server.")
        self.stdout.write(f"Fingerprint to write in the minutes: {root.public().fingerprint}\n")
        self.stdout.write("In the settings of the processes for reporters and for staff:")
        self.stdout.write(f"  MELDPUNT_ROOT_KEY={root.public().material.hex()}")
        self.stdout.write("Only in the process for reporters (signs proofs of receipt):")
        self.stdout.write(f"  MELDPUNT_RECEIPT_KEY={receipt.material.hex()}")
        audit = SigningKey.new()
        self.stdout.write("In the process that destroys (signs certificates and the trail):")
        self.stdout.write(f"  MELDPUNT_AUDIT_KEY={audit.material.hex()}")
        self.stdout.write("In the process for staff, and on paper for the FG:")
        self.stdout.write(f"  MELDPUNT_AUDIT_VERIFY_KEY={audit.public().material.hex()}")
        self.stdout.write(
            "Make the peppers MELDPUNT_WEB_PEPPER (reporters) and MELDPUNT_STAFF_PEPPER (staff) "
            "with: python -c 'import secrets; print(secrets.token_hex(32))'"
        )
