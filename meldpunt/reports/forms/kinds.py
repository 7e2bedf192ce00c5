"""The questions that belong to one kind of report (domain.md 1.2).

None of them asks who somebody is, what they believe or where they come from (R4, domain.md 2.3).
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.steps import UNKNOWN, StepForm, choice, long_text
from meldpunt.reports.models import Kind

DONT_KNOW = (UNKNOWN, _("I don't know"))


class OwnForm(StepForm):
    """The page of one kind."""

    kind_of: ClassVar[Kind]
    short = _("More about it")


class AdviceForm(OwnForm):
    """What somebody who asks advice has tried, and needs."""

    slug, kind_of = "advies", Kind.ADVICE
    title = _("What do you need advice on?")
    coaching: ClassVar[tuple[Promise, ...]] = (
        _("Ask it in your own words. You need not name anybody."),
        _("We think along with you. Nothing happens without you."),
    )
    advice_question = long_text(
        _("What is your question?"), _("For example: “How do I begin to talk about this?”")
    )
    tried = long_text(
        _("What have you done or tried already?"),
        _("And what did that bring?"),
        required=False,
    )


class WorryForm(OwnForm):
    """What changed in behaviour, and who is near."""

    slug, kind_of = "zorg", Kind.WORRY
    title = _("What changed?")
    coaching: ClassVar[tuple[Promise, ...]] = (
        _("Write about behaviour: what somebody does or says now, and did not before."),
        _("Faith, clothes or an opinion do not matter here."),
    )
    change = long_text(
        _("What does this person do or say differently than before?"),
        _("For example: “He broke with all his friends in a month.”"),
        required=False,
    )
    relation = choice(
        _("How well do you know this person?"),
        [
            ("close", _("Well: family, friend or neighbour")),
            ("work", _("From my work or as a volunteer")),
            ("seen", _("Hardly: I only saw or heard it")),
            DONT_KNOW,
        ],
    )
    contact = choice(
        _("Are you still in contact?"),
        [("yes", _("Yes")), ("less", _("Less than before")), ("no", _("No")), DONT_KNOW],
    )
    done = long_text(
        _("What was done already, by you or by others?"),
        _("For example: “I spoke with the mentor at school.”"),
        required=False,
    )


class TensionForm(OwnForm):
    """What it is about, and whether it grows; groups by what they do, never by origin."""

    slug, kind_of = "spanning", Kind.TENSION
    title = _("What is the tension about?")
    coaching: ClassVar[tuple[Promise, ...]] = (
        _("Describe groups by what they do: “young people from the square”, “two streets”."),
        _("Leave out origin and faith, unless it is what people shout at each other."),
    )
    issue = long_text(
        _("What is it about?"), _("For example: a place, an event, or something in the news.")
    )
    trend = choice(
        _("Does it get more or less?"),
        [
            ("more", _("It gets more")),
            ("same", _("It stays the same")),
            ("less", _("It gets less")),
            DONT_KNOW,
        ],
    )
    bridge = long_text(
        _("Who or what could calm it down?"),
        _("For example: a club, a school or a meeting. No names of people."),
        required=False,
    )


class OnlineForm(OwnForm):
    """The phenomenon; never an account or address (GR-16)."""

    slug, kind_of = "online", Kind.ONLINE
    title = _("What do you see online?")
    coaching: ClassVar[tuple[Promise, ...]] = (
        _("Write about what happens. Leave out accounts, nicknames and links."),
        _("Do not look for more yourself, and do not make an account to follow somebody."),
    )
    platform = choice(
        _("Where is it?"),
        [
            ("social", _("Social media")),
            ("chat", _("A chat or group app")),
            ("game", _("A game, or talk around it")),
            ("video", _("Videos or live broadcasts")),
            ("site", _("A website or forum")),
            DONT_KNOW,
        ],
    )
    reach = choice(
        _("Who can see it?"),
        [
            ("public", _("Everybody")),
            ("group", _("Only a group")),
            ("private", _("Only the people in one conversation")),
            DONT_KNOW,
        ],
    )
    offline = long_text(
        _("What do you notice of it here, in the neighbourhood or at school?"),
        _("For example: children repeat it, or a meeting is called for."),
        required=False,
    )


class IncidentForm(OwnForm):
    """What happened at a place, and whether it is over."""

    slug, kind_of = "incident", Kind.INCIDENT
    title = _("Is it over?")
    coaching: ClassVar[tuple[Promise, ...]] = (
        _("Was it a crime? Then call the police: 0900-8844. We do not pass this on to them."),
    )
    ongoing = choice(
        _("Is it still going on?"),
        [
            ("over", _("No, it is over")),
            ("again", _("No, but it can happen again")),
            ("yes", _("Yes")),
            DONT_KNOW,
        ],
    )
    police = choice(
        _("Do the police know?"),
        [("yes", _("Yes")), ("no", _("No")), DONT_KNOW],
    )
    impact = long_text(
        _("What did it do to people there?"),
        _("For example: “Neighbours do not dare to go outside.”"),
        required=False,
    )
