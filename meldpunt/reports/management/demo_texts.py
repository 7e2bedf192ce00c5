"""What the invented reporters of the demo wrote. Nobody in it exists."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from meldpunt.reports.models import Kind, Urgency
from meldpunt.reports.workflow import ReportState

MINIMISED = {"minimised_done": True}
TODAY = timezone.localdate()
# What belongs to the pages of one kind.
OWN_ANSWERS: dict[Kind, dict[str, str]] = {
    Kind.ADVICE: {"advice_question": "Hoe begin ik hierover een gesprek? (fictief)"},
    Kind.WORRY: {
        "relation": "work",
        "contact": "less",
        "done": "Ik sprak met de mentor. (fictief)",
    },
    Kind.TENSION: {"issue": "Een filmpje dat rondgaat. (fictief)", "trend": "more"},
    Kind.ONLINE: {"platform": "chat", "reach": "group"},
    Kind.INCIDENT: {"ongoing": "again", "police": "yes"},
}
ABOUT_STAFF = (
    "Een medewerker aan de balie zei twee keer dat bepaalde mensen hier niet horen. (fictief)"
)
# Standard texts of the own meldpunt.
TEXTS = [
    (
        "Eerste gesprek",
        "Kies een rustig moment. Vraag hoe het gaat, en luister. U hoeft niet te overtuigen. "
        "(fictief)",
    ),
    (
        "Jongerenwerk",
        "De jongerenwerker van de wijk denkt graag met u mee, ook zonder namen. (fictief)",
    ),
]


@dataclass(frozen=True)
class Story:
    """One invented report, and how far the desk is with it.

    ``days_ago``: when it came in. ``steps``: the states that follow each other, each with what
    was written down. ``proposed``: leave the last step waiting for a second person.
    """

    kind: Kind
    facts: str
    thoughts: str
    against: str
    urgency: Urgency = Urgency.NORMAL
    place: str = "street"
    days_ago: int = 0
    name: str = ""
    handled: bool = True
    steps: list[tuple[ReportState, dict[str, object]]] = field(default_factory=list)
    answer: str = ""
    withdrawn: bool = False
    destroyed: bool = False
    proposed: bool = False


S = ReportState
ADVICE: tuple[ReportState, dict[str, object]] = (
    S.ADVISED,
    {
        "advice": "Vraag eens rustig hoe het met hem gaat, en luister. Ga niet in discussie. "
        "De jongerenwerker van de wijk denkt graag met u mee. (fictief)",
        "minimised": "Docent vraagt advies over een leerling die zich terugtrekt. (fictief)",
        **MINIMISED,
    },
)
FEEDBACK: tuple[ReportState, dict[str, object]] = (
    S.CLOSED,
    {
        "feedback": "Wij hebben u advies gegeven en met de jongerenwerker gesproken, zonder "
        "namen. Wij doen verder niets. Houdt u zorgen? Dan kunt u opnieuw advies vragen. (fictief)"
    },
)
WEIGHING: tuple[ReportState, dict[str, object]] = (
    S.FOR_WEIGHING,
    {
        "counter_indications": "Hij gaat nog naar school en heeft daar vrienden. (fictief)",
        "proportionality": "Gesprekken op school hielpen niet; minder dan dit volstaat niet meer.",
        "legal_basis": "Convenant Lindekade 2026 (fictief)",
        "basis_until": (TODAY + timedelta(days=500)).isoformat(),
        "weighing_on": (TODAY + timedelta(days=7)).isoformat(),
        "minimised": "Jongere praat goed over geweld en zoekt contact met een groep. (fictief)",
        **MINIMISED,
    },
)

DEMODAM = [
    Story(
        Kind.TENSION,
        "Op het plein bij de haven stonden zaterdag twee groepen tegenover elkaar. Er werd "
        "geroepen en met flessen gegooid. (fictief)",
        "Ik denk dat het te maken heeft met een filmpje dat rondgaat.",
        "Sommigen probeerden het te sussen.",
        urgency=Urgency.SOON,
        handled=False,
    ),
    Story(
        Kind.ADVICE,
        "Een leerling van ongeveer 16 komt sinds een maand niet meer bij de les maatschappijleer. "
        "Hij zegt dat de les 'leugens' zijn. (fictief)",
        "Ik vraag mij af of hij zich afsluit.",
        "Bij andere lessen is hij vrolijk en doet hij mee.",
        place="school",
        days_ago=1,
        handled=False,
    ),
    Story(
        Kind.ONLINE,
        "In een buurtgroep worden memes gedeeld die een groep mensen ongedierte noemen. (fictief)",
        "Ik denk dat het steeds gewoner wordt gevonden.",
        "Een beheerder heeft er twee weggehaald.",
        place="online",
        days_ago=4,
        name="Fictieve buurtwerker",
    ),
    Story(
        Kind.WORRY,
        "Een jongen uit mijn sportgroep zei twee keer dat geweld mag 'als het moet'. (fictief)",
        "Ik ben bang dat iemand hem opstookt.",
        "Hij helpt de kleintjes nog steeds met trainen.",
        place="club",
        days_ago=6,
        steps=[
            (
                S.AWAITING_REPORTER,
                {"question": "Wanneer zei hij dit, en wie waren erbij? Noem geen namen. (fictief)"},
            )
        ],
        answer="Het was op dinsdag na de training. Er waren drie anderen bij. (fictief)",
    ),
    Story(
        Kind.WORRY,
        "Mijn dochter krijgt berichten van iemand die zij niet kent, over 'de strijd'. (fictief)",
        "Ik weet niet of het ernst is.",
        "Zij laat mij de berichten zelf zien.",
        place="online",
        days_ago=5,
        steps=[(S.AWAITING_REPORTER, {"question": "Heeft zij geantwoord op de berichten?"})],
    ),
    Story(
        Kind.ADVICE,
        "Een collega vraagt hoe je een gesprek over een complottheorie begint. (fictief)",
        "Wij willen het goed doen.",
        "Het gaat verder goed in het team.",
        place="work",
        days_ago=8,
        steps=[ADVICE],
    ),
    Story(
        Kind.WORRY,
        "Een man in onze straat hangt posters op tegen één geloof. (fictief)",
        "Ik denk dat hij veel alleen is.",
        "Hij groet iedereen.",
        days_ago=9,
        steps=[
            (
                S.REFERRED,
                {
                    "service": "Sociaal wijkteam Havenkwartier (fictief)",
                    "referral_channel": "phone",
                    "contact_consent": "no",
                    "advice": "Het wijkteam gaat langs voor een gesprek.",
                    "minimised": "Bewoner hangt posters op, is veel alleen. (fictief)",
                    **MINIMISED,
                },
            )
        ],
    ),
    Story(
        Kind.WORRY,
        "Een jongere zoekt contact met een groep die geweld goedpraat. (fictief)",
        "Ik denk dat hij erbij wil horen.",
        "Hij gaat nog naar school.",
        urgency=Urgency.SOON,
        days_ago=7,
        steps=[WEIGHING],
        proposed=True,
    ),
    Story(
        Kind.WORRY,
        "Een jongere deelt filmpjes van een gewelddadige groep met zijn klas. (fictief)",
        "Ik denk dat hij indruk wil maken.",
        "Hij stopte toen de docent erover begon.",
        place="school",
        days_ago=11,
        steps=[WEIGHING],
    ),
    Story(
        Kind.WORRY,
        "Een jongere vertelde op school dat hij 'mee wil vechten'. (fictief)",
        "Ik denk dat hij boos is over thuis.",
        "Zijn mentor heeft goed contact met hem.",
        days_ago=20,
        steps=[
            WEIGHING,
            (
                S.TRANSFERRED,
                {
                    "recipient": "Zorg- en Veiligheidshuis Lindekade (fictief), procesregisseur",
                    "transfer_channel": "own_system",
                    "confirmed_on": TODAY.isoformat(),
                },
            ),
        ],
    ),
    Story(
        Kind.INCIDENT,
        "Er stond een leus op de muur van de bibliotheek. (fictief)",
        "Waarschijnlijk een eenling.",
        "Het was na een dag weg.",
        days_ago=12,
        steps=[
            (
                S.NO_FOLLOW_UP,
                {
                    "reason": "too_few_facts",
                    "minimised": "Leus op een muur, weggehaald. (fictief)",
                    **MINIMISED,
                },
            )
        ],
    ),
    Story(
        Kind.TENSION,
        "Twee clubs maken ruzie over de kantine. (fictief)",
        "Het valt achteraf mee.",
        "Zij hebben het zelf opgelost.",
        days_ago=3,
        withdrawn=True,
    ),
    Story(
        Kind.ADVICE,
        "Een ouder vraagt hoe zij met haar zoon over filmpjes kan praten. (fictief)",
        "Zij maakt zich zorgen.",
        "Hij vertelt thuis nog alles.",
        place="home",
        days_ago=15,
        steps=[ADVICE, FEEDBACK],
    ),
    Story(
        Kind.WORRY,
        "Dit verhaal is vernietigd; alleen de grafsteen is er nog. (fictief)",
        "-",
        "-",
        days_ago=30,
        steps=[ADVICE, FEEDBACK],
        destroyed=True,
    ),
]
POLDERVEEN = [
    Story(
        Kind.WORRY,
        "Een klant van de bibliotheek leest steeds hardop uit een boek over 'zuivering'. (fictief)",
        "Ik word er bang van.",
        "Hij wordt nooit boos op iemand.",
        place="unknown",
        handled=False,
    ),
    Story(
        Kind.ADVICE,
        "Het dorpshuis vraagt hoe zij twee groepen aan één tafel krijgen. (fictief)",
        "Dat kan veel opleveren.",
        "Er is al een keer samen gegeten.",
        days_ago=5,
        steps=[ADVICE],
    ),
]
STORIES = {"demodam": DEMODAM, "polderveen": POLDERVEEN}
