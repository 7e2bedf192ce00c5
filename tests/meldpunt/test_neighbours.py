"""One municipality cannot touch or see a byte of the other (test plan 2 of meldpunt.md 11)."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, resolve
from django.utils import timezone

from meldpunt.reports.forms.questionnaire import STEPS
from meldpunt.reports.models import HandOver, HoldReason, Right, StandardText, Tombstone
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import conversation, holding, rights, saved_views
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.workflow import TextUse
from meldpunt.vault.keystore import KeystoreKey
from meldpunt.vault.models import HolderAdmission, HolderWithdrawal
from portal.accounts.roles import ROLES
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import browser, handled, report, staff
from tests.meldpunt.reports.test_form import Reporter, sealed_in
from tests.meldpunt.reports.test_guests import TEXT, Desk

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
# A deed comes last: it may end what the others look at.
METHODS = ("get", "put", "patch", "delete", "head", "options", "post")
TITLE, PERSON = "Zwaluwstaartzin", "Noor Zilverkwarrel"
SAID = "Tinkelbroekse woorden"


@pytest.fixture
def there(demodam, polderveen):
    """Polderveen, with a row in every table that a meldpunt has; ``known``: what names them."""
    first, second = polderveen.holders
    first.name = PERSON
    first.save()
    with working_in([polderveen.pk]):
        open_one, _code = report(polderveen, identity={"name": "Noor"})
        handled(open_one, first)
        gone, _code = report(polderveen)
        destroy_report(gone, rule="verzoek", by="system")
        held, _code = report(polderveen)
        fg = UserFactory(roles=["fg"])
        until = timezone.localdate() + timedelta(days=20)
        hold = holding.ask_hold(held, reason=HoldReason.COURT, until=until, by=fg)
        request = rights.register_request(
            municipality=polderveen,
            right=Right.ACCESS,
            received_on=timezone.localdate(),
            report=held,
            by=first,
        )
        text = StandardText.objects.create(
            municipality=polderveen, use=TextUse.values[0], title=TITLE, text="x"
        )
        stone = Tombstone.objects.get(report=gone)
        talking, code = report(polderveen)
        copy = Desk(polderveen).shares()
        visit = conversation.find_visit(conversation.open_conversation(code).text)
        conversation.write_message(visit, text=SAID, message_id=uuid4())
        given = HandOver.objects.create(
            municipality=polderveen,
            report=uuid4(),
            to=demodam,
            week="2026-W20",
            came_in="2026-W19",
            certificate={"signature": "x"},
        )
    saved_views.keep_view(query="soort=worry", by=first)
    newcomer = staff(polderveen)
    admission = HolderAdmission.objects.create(
        municipality=polderveen, candidate=newcomer, asked_by=first
    )
    leaving = HolderWithdrawal.objects.create(
        municipality=polderveen, leaver=second, asked_by=first
    )
    polderveen.known = {
        "str:ref": [open_one.ref],
        "uuid:pk": [str(one.pk) for one in (hold, request, text, stone, copy)],
        "int:pk": [str(one.pk) for one in (admission, leaving, given)],
        "int:number": ["1"],
        "slug:state": ["advised"],
    }
    polderveen.canaries = [
        *(code.formatted, SAID, talking.shown_ref, str(talking.pk)),
        *(one.shown_ref for one in (open_one, held, gone, given)),
        *(str(one.pk) for one in (open_one, held, gone, hold, request, text)),
        *(TITLE, PERSON, newcomer.name, newcomer.email),
        *(str(copy.pk), copy.shown_number, TEXT),
    ]
    return polderveen


def addresses(known):
    """Every address of the workplace of the meldpunt, with the numbers of the neighbour in it."""
    for pattern in get_resolver("meldpunt.reports.urls_werkplek").url_patterns:
        route = str(pattern.pattern)
        names = [name for name in known if f"<{name}>" in route]
        for values in product(*(known[name] for name in names)):
            address = route
            for name, value in zip(names, values, strict=True):
                address = address.replace(f"<{name}>", value)
            assert "<" not in address, f"{route}: say in `there` what stands there"
            yield f"/werkplek/meldingen/{address}"


def reporter_addresses():
    """Every address of the reporter's side, each step of the form apart."""
    for pattern in get_resolver("meldpunt.urls").url_patterns:
        route = str(pattern.pattern).replace("<str:token>", "7K2M9QXD")
        for step in STEPS if "<slug:step>" in route else [""]:
            address = route.replace("<slug:step>", step)
            assert "<" not in address, f"{route}: say what stands there"
            yield f"/meldpunt/{address}"


def bytes_of(place):
    """Every row of ``place`` in the tables of the meldpunt, as it is stored."""
    found = {}
    with working_in([place.pk]):
        for model in apps.get_models():
            if model._meta.app_label.startswith("meldpunt_"):
                rows = model._base_manager.order_by("pk")
                names = {one.name for one in model._meta.get_fields()}
                if "municipality" in names:
                    rows = rows.filter(municipality=place)
                elif "key" in names and not hasattr(model, "lives_in_keystore"):
                    rows = rows.filter(key__municipality=place)
                elif "holder" in names or "user" in names or "owner" in names:
                    name = next(one for one in ("holder", "user", "owner") if one in names)
                    rows = rows.filter(**{f"{name}__memberships__municipality": place})
                else:
                    continue
                found[model.__name__] = [
                    {
                        key: bytes(value) if isinstance(value, memoryview) else value
                        for key, value in row.items()
                    }
                    for row in rows.values()
                ]
    return found


def person_of(role, place):
    """A browser of somebody with ``role`` in ``place``; the desk's vault is open."""
    if role == "anoniem":
        return Client()
    if role == "meldpuntmedewerker":
        return browser(place.holders[0], unlocked=True)
    return browser(UserFactory(roles=[role], roles__at=place))


@pytest.mark.parametrize("role", ["anoniem", *ROLES])
def test_abuse_02_no_address_method_or_role_of_one_changes_or_shows_a_byte_of_the_other(
    demodam, there, role
):
    report(demodam)
    client = person_of(role, demodam)
    typed = {
        "gemeente": there.slug,
        "reason": "handling",
        "text": "x",
        "sure": "on",
        "message_id": uuid4(),
        "until": "2027-01-01",
    }
    before = bytes_of(there)
    assert before["Report"], before.keys()
    for address in addresses(there.known):
        for method in METHODS:
            data = typed if method == "post" else {}
            page = getattr(client, method)(address, data)
            assert page.status_code < 500, f"{method} {address}"
            shown = (page.content + str(page.headers).encode()).decode(errors="replace")
            for canary in there.canaries:
                told_itself = canary.replace("-", "") in address or canary in address
                assert told_itself or canary not in shown, f"{method} {address}"
    assert bytes_of(there) == before


def reporter_of(who, place):
    """A browser on the reporter's side, and the sealed answers that it has in its page."""
    if who == "schrijft":
        writer = Reporter()
        writer.comes_to_the_end()
        return writer.client, sealed_in(writer.page)
    if who == "heeft een gesprek":
        _made, code = report(place)
        client = Client()
        client.post("/meldpunt/code/", {"code": code.formatted})
        return client, ""
    if who == "medewerker":
        return browser(place.holders[0], unlocked=True), ""
    return Client(), ""


@pytest.mark.parametrize("who", ["vreemde", "schrijft", "heeft een gesprek", "medewerker"])
def test_abuse_02_no_address_of_reporters_of_one_changes_or_shows_a_byte_of_the_other(
    demodam, there, who
):
    elsewhere = Reporter()
    elsewhere.begins(there.slug)
    elsewhere.answers("soort")
    before, keys = bytes_of(there), set(KeystoreKey.objects.using("keystore").values_list())
    assert before["CodeWrap"]
    assert before["ReporterVisit"]
    theirs = {"antwoorden": sealed_in(elsewhere.page), "ga": "verder"}
    for address in reporter_addresses():
        client, sealed = reporter_of(who, demodam)
        typed = {
            "code": there.canaries[0][:-1] + "0",
            "ref": there.known["str:ref"][0],
            "report": there.canaries[3],
            "municipality": there.pk,
            "text": "x",
            "sure": "on",
            "message_id": str(uuid4()),
        }
        posts = [{"antwoorden": sealed, "ga": "verder"}, theirs, typed]
        for method in METHODS:
            for data in posts if method == "post" else [{}]:
                page = getattr(client, method)(address, data)
                assert page.status_code < 500, f"{method} {address}"
                shown = (page.content + str(page.headers).encode()).decode(errors="replace")
                for canary in there.canaries:
                    assert canary not in shown, f"{method} {address}"
    assert bytes_of(there) == before
    assert keys <= set(KeystoreKey.objects.using("keystore").values_list())


# Who has which role in a municipality opens which addresses of its desk, by their names; a 302 leads
# to signing in or to the vault, a 405 is a deed. "reports" stands for every address of one report.
FG_TOO = {"keeping", "certificate", "hand_overs", "hand_over_proof"}
OPENS = {
    "casusregisseur": {"copies"},
    "deelnemer-weging": {"copies"},
    "expert": {"copies"},
    "fg": FG_TOO | {"supervision", "copies"},
    "functioneel-beheerder": {"files"},
    "portefeuillehouder": {"totals"},
    "regiobeheerder": {"totals"},
}


@pytest.mark.parametrize("role", ["anoniem", *ROLES])
def test_a_role_opens_its_own_addresses_of_the_desk_and_no_other(there, role):
    client = person_of(role, there)
    opened = {
        resolve(address).url_name
        for address in addresses(there.known)
        if client.get(address).status_code == 200
    }
    if role == "meldpuntmedewerker":
        assert opened >= FG_TOO | {"reports", "report", "holders", "texts", "files"}
        assert not opened & {"supervision", "totals"}
    else:
        assert opened == OPENS.get(role, set())
