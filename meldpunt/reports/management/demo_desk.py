"""Let the invented reporters report, and the desk do its work."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from meldpunt.reports.management.demo_texts import (
    ABOUT_STAFF,
    OWN_ANSWERS,
    STORIES,
    TEXTS,
    Story,
)
from meldpunt.reports.models import CodeWrap, Kind, Language, Report, StandardText, Urgency
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import assignment, conversation, handling
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.services.intake import Submission, receive_report
from meldpunt.reports.services.standard_texts import save_text
from meldpunt.reports.services.trust_person import has_trust_person
from meldpunt.reports.services.worklist import Work, find_work
from meldpunt.reports.workflow import TextUse
from meldpunt.vault.services.codes import ReceiptCode, keys_of
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.models import User
from portal.regions.models import Municipality


class Desk:
    """The two colleagues of one municipality, with their keys open."""

    def __init__(
        self, municipality: Municipality, people: list[User], keys: list[UnlockedKeys]
    ) -> None:
        self.municipality = municipality
        self.handler, self.second = people[:2]
        self.keys, self.keys_of_second = keys[:2]

    def play(self) -> dict[str, str]:
        """Every story of this municipality; what each code opens, and the code."""
        codes = {}
        with working_in([self.municipality.pk]):
            for title, text in TEXTS:
                written = StandardText(
                    municipality=self.municipality, use=TextUse.ADVICE, title=title, text=text
                )
                save_text(written, by=self.handler)
            self.report_about_staff()
            for story in STORIES[self.municipality.slug]:
                code, report = self.report(story)
                self.handle(story, code, report)
                if not story.destroyed:
                    where = f"{self.municipality} {report.shown_ref} ({story.kind.label})"
                    codes[where] = code.formatted
        return codes

    def report(self, story: Story) -> tuple[ReceiptCode, Report]:
        """Somebody sends it in."""
        code = ReceiptCode.new()
        area = self.municipality.areas.order_by("pk").first()
        submission = Submission(
            municipality=self.municipality,
            kind=story.kind,
            urgency=story.urgency,
            language=Language.NL,
            area=area.pk if area else None,
            received=timezone.localdate() - timedelta(days=story.days_ago),
            identity={"name": story.name} if story.name else {},
            answers={
                "observed_facts": story.facts,
                "source": "self",
                "interpretation": story.thoughts,
                **OWN_ANSWERS.get(story.kind, {}),
                "counter_indications": story.against,
                "period": "week",
                "place": story.place,
                "capacity": "resident",
            },
        )
        receive_report(submission, report_id=uuid4(), code=code)
        wrap = CodeWrap.codes.find(lookup=keys_of(code).lookup)
        report: Report = Report.objects.get(pk=wrap.report_id)  # type: ignore[union-attr]
        return code, report

    def report_about_staff(self) -> None:
        """One that only the trust person of the region can open, where there is one."""
        if not has_trust_person(self.municipality):
            return
        submission = Submission(
            municipality=self.municipality,
            kind=Kind.WORRY,
            urgency=Urgency.NORMAL,
            language=Language.NL,
            about_staff=True,
            answers={"observed_facts": ABOUT_STAFF, "source": "self", "capacity": "resident"},
        )
        receive_report(submission, report_id=uuid4(), code=ReceiptCode.new())

    def handle(self, story: Story, code: ReceiptCode, report: Report) -> None:
        """The desk goes as far as the story tells."""
        work = self.look(report)
        if story.handled:
            work = assignment.assign_to_self(work, keys=self.keys, by=self.handler)
        for state, recorded in story.steps:
            work = handling.take_step(
                work, to=state, recorded=recorded, keys=self.keys, by=self.handler
            )
            if work.entry.pending and not story.proposed:
                work = handling.agree(work, keys=self.keys_of_second, by=self.second)
        self.reporter_comes_back(story, code)
        if story.destroyed:
            destroy_report(report, rule="demo: bewaartermijn voorbij", by="system")

    def look(self, report: Report) -> Work:
        """The line of the list."""
        work = find_work(report.ref, self.handler, keys=self.keys)
        if work is None:
            raise ValueError("The desk does not find its own report.")
        return work

    def reporter_comes_back(self, story: Story, code: ReceiptCode) -> None:
        """An answer, or a withdrawal."""
        if not (story.answer or story.withdrawn):
            return
        visit = conversation.find_visit(conversation.open_conversation(code).text)
        if story.answer:
            conversation.write_message(visit, text=story.answer, message_id=uuid4())
        if story.withdrawn:
            conversation.withdraw(visit, message_id=uuid4())
