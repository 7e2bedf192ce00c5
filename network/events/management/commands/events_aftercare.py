from django.core.management.base import BaseCommand
from django.utils import timezone

from network.events.services.aftercare import (
    ask_for_evaluations,
    forget_guests,
    forget_needs,
    send_materials,
)
from network.events.services.dialogue import remind


class Command(BaseCommand):
    help = "Send materials, ask for evaluations, forget guests and what people needed, and remind of agreements."

    def handle(self, **options: object) -> None:
        now = timezone.now()
        forgotten = forget_needs(now) + forget_guests(now)
        asked, reminded = ask_for_evaluations(now) + send_materials(now), remind(now)
        self.stdout.write(f"{forgotten} forgotten, {asked} asked, {reminded} reminded.")
