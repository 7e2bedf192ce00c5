"""Pushes: one sentence, for one browser, by a real service; never to an address inside a network."""

import json
import socket
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.exchange.models import Choices, Device, Group, Mention, Question
from network.exchange.services.pushing import MOST_DEVICES, push, switch_off, switch_on
from portal.push.door import Refused, endpoint_of, number_of
from portal.push.messages import BadKeys, from_base64, keys_of, new_private_key
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.push_service import Browser, PushService

pytestmark = pytest.mark.django_db
MINE = "/netwerk/vragen/overzicht/"
ADD = f"{MINE}apparaat/"
A_KEY = "BD0liV_ISAoEY6s9fawFw8RU1n7lEHBMhTNddbWh9sCHw15rKMBptotDc8_NIELHDRRNIxeIPGsuVUES0ZgthJU"
KNOWN = "https://fcm.googleapis.com/fcm/send/abc"
NOON = datetime(2026, 3, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def _on(settings):
    settings.WEB_PUSH_PRIVATE_KEY = new_private_key()


@pytest.fixture
def service(tmp_path, settings, monkeypatch):
    with PushService(tmp_path) as running:
        settings.WEB_PUSH_OWN_SERVICES = ["localhost"]
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def noor():
    person = UserFactory(name="Noor Jansen", roles=["professional"])
    Choices.objects.create(user=person)
    return person


def on(person, browser, endpoint=KNOWN, name="Telefoon"):
    return switch_on(name=name, endpoint=endpoint, **browser.keys(), by=person)


def test_a_push_says_that_something_is_new_and_only_its_browser_reads_it(service, noor, browser):
    on(noor, browser, f"{service.origin}/push/1?id=2")

    assert push(noor, NOON) == 1

    ((path, headers, body),) = service.got
    assert path == "/push/1?id=2"
    assert browser.read(body) == "Er is iets nieuws in het portaal"
    assert headers["Content-Encoding"] == "aes128gcm"
    assert (headers["TTL"], headers["Topic"]) == ("86400", "nieuws")
    assert "nieuws in het" not in str(body) + str(headers)
    with pytest.raises(Exception, match="ecryption"):
        Browser().read(body)


def test_a_push_carries_a_token_for_this_service_that_ends_the_same_day(
    service, noor, browser, settings
):
    on(noor, browser, f"{service.origin}/1")
    push(noor, NOON)

    scheme, _, token = service.got[0][1]["Authorization"].partition(" ")
    parts = dict(part.split("=", 1) for part in token.split(","))
    claims = json.loads(from_base64(parts["t"].split(".")[1]))
    assert scheme == "vapid"
    assert claims["aud"] == service.origin
    assert claims["sub"] == f"mailto:{settings.SECURITY_CONTACT}"
    assert 0 < claims["exp"] - timezone.now().timestamp() <= 24 * 3600


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service, noor, browser, status):
    on(noor, browser, f"{service.origin}/1")
    service.status = status

    assert push(noor, NOON) == 0
    assert not Device.objects.exists()


@pytest.mark.parametrize("status", [307, 429, 500])
def test_a_service_that_refuses_for_now_is_asked_again_and_leads_nowhere(
    service, noor, browser, status
):
    on(noor, browser, f"{service.origin}/1")
    service.status = status

    assert push(noor, NOON) == 0
    assert Device.objects.exists()
    assert [path for path, _headers, _body in service.got] == ["/1"]


def test_a_service_with_a_wrong_certificate_or_none_at_all_hears_nothing(
    service, noor, browser, monkeypatch
):
    on(noor, browser, f"{service.origin}/1")
    monkeypatch.delenv("SSL_CERT_FILE")
    assert push(noor, NOON) == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    Device.objects.update(endpoint=f"https://localhost:{port}/1")

    assert push(noor, NOON) == 0
    assert service.got == []
    assert Device.objects.exists()


def test_nobody_is_pushed_in_the_hours_of_rest_or_after_they_left(service, noor, browser):
    on(noor, browser, f"{service.origin}/1")

    assert push(noor, NOON.replace(hour=23)) == 0
    noor.memberships.update(ended_at=timezone.now())
    assert push(type(noor).objects.get(pk=noor.pk), NOON) == 0
    assert service.got == []


def test_who_is_asked_to_read_along_gets_a_push_beside_the_letter(service, noor, browser):
    Choices.objects.update(quiet_from=time(0), quiet_until=time(0))
    on(noor, browser, f"{service.origin}/1")
    group = Group.objects.create(name="Winterploeg", slug="winterploeg")
    group.members.add(noor)
    question = Question.objects.create(
        by=UserFactory(roles=["professional"]), title="Zorgen", text="x", group=group
    )
    Mention.objects.create(question=question, user=noor)

    call_command("send_digests", execute=True)

    assert len(mail.outbox) == 1
    assert browser.read(service.got[0][2]) == "Er is iets nieuws in het portaal"


# --- Which addresses are called -------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        KNOWN,
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://wns2-par02p.notify.windows.com/w/?token=abc",
        "https://web.push.apple.com/abc",
        "https://fcm.googleapis.com:443/fcm/send/abc",
    ],
)
def test_the_services_of_browsers_are_called(address):
    assert endpoint_of(address).port == 443


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://2130706433/",
        "https://kwaad.example/",
        "https://fcm.googleapis.com.kwaad.example/",
        "https://kwaadfcm.googleapis.com/",
        "https://push.apple.com.kwaad.example/",
        "https://fcm.googleapis.com@kwaad.example/",
        "https://naam:geheim@fcm.googleapis.com/",
        "https://fcm.googleapis.com:8443/",
        "https://fcm.googleapis.com:99999/",
        "https://fcm.googleapis.com/#a",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/\r\nHost: kwaad.example",
        "https://fcm.googleapis.com/" + "a" * 600,
        "https://fcm.googleapis.cöm/",
        "file:///etc/passwd",
        "gopher://fcm.googleapis.com/",
        "https://",
        "",
    ],
)
def test_no_other_address_is_called(client, noor, browser, address):
    with pytest.raises(Refused):
        endpoint_of(address)
    sign_in(client, noor)

    sent = {"name": "Telefoon", "endpoint": address, **browser.keys()}
    assert client.post(ADD, sent).status_code == 302
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "100.64.0.1"],
)
def test_a_known_name_that_leads_into_a_network_is_not_called(noor, browser, monkeypatch, inside):
    """A name server is the one part that can't run here: what it answers is written down."""
    family = socket.AF_INET6 if ":" in inside else socket.AF_INET
    outside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("142.250.1.1", 443))
    answer = [outside, (family, socket.SOCK_STREAM, 6, "", (inside, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: answer)
    on(noor, browser)

    with pytest.raises(Refused):
        number_of(endpoint_of(KNOWN))
    assert push(noor, NOON) == 0
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("public_key", "secret"),
    [
        ("", ""),
        ("AAAA", "c2l4dGVlbiBzZWNyZXRzIQ"),
        ("BP" + "A" * 85, "c2l4dGVlbiBzZWNyZXRzIQ"),
        ("!!", "c2l4dGVlbiBzZWNyZXRzIQ"),
        (A_KEY, "AAAA"),
    ],
)
def test_keys_that_are_none_are_refused(client, noor, public_key, secret):
    with pytest.raises(BadKeys):
        keys_of(public_key, secret)
    sign_in(client, noor)

    sent = {"name": "Telefoon", "endpoint": KNOWN, "public_key": public_key, "secret": secret}
    client.post(ADD, sent)
    assert not Device.objects.exists()


# --- Switching on and off -------------------------------------------------------------------


def test_somebody_switches_a_browser_on_and_off(client, noor, browser):
    sign_in(client, noor)
    page = client.get(MINE).content.decode()
    assert "data-push=" in page
    assert "network/push.js" in page

    client.post(ADD, {"name": "Telefoon van werk", "endpoint": KNOWN, **browser.keys()})
    device = Device.objects.get()
    assert device.user == noor
    page = client.get(MINE).content.decode()
    assert "Telefoon van werk" in page
    assert "googleapis" not in page

    client.post(f"{ADD}{device.pk}/uit/")
    assert not Device.objects.exists()


def test_a_browser_belongs_to_who_switched_it_on_last(noor, browser):
    other = UserFactory(roles=["professional"])
    on(other, browser)
    on(noor, browser)

    assert Device.objects.get().user == noor


def test_nobody_switches_off_a_browser_of_somebody_else(client, noor, browser):
    device = on(noor, browser)
    other = UserFactory(roles=["professional"])
    sign_in(client, other)

    assert client.post(f"{ADD}{device.pk}/uit/").status_code == 404
    with pytest.raises(PermissionDenied):
        switch_off(device, by=other)


def test_there_is_an_end_to_how_many_browsers_somebody_has(client, noor, browser):
    for number in range(MOST_DEVICES):
        on(noor, browser, f"{KNOWN}{number}")
    sign_in(client, noor)

    client.post(ADD, {"name": "Nog een", "endpoint": f"{KNOWN}x", **browser.keys()})
    assert Device.objects.count() == MOST_DEVICES


def test_who_is_not_in_the_network_switches_nothing_on(client, browser):
    person = UserFactory(roles=["subsidiebeoordelaar"])
    sign_in(client, person)

    assert client.post(ADD, {"name": "x", "endpoint": KNOWN, **browser.keys()}).status_code == 403
    with pytest.raises(PermissionDenied):
        on(person, browser)


def test_without_a_key_there_are_no_pushes(client, noor, browser, settings):
    on(noor, browser)
    settings.WEB_PUSH_PRIVATE_KEY = ""
    sign_in(client, noor)

    assert "data-push" not in client.get(MINE).content.decode()
    assert client.post(ADD).status_code == 404
    assert push(noor, NOON) == 0
    with pytest.raises(PermissionDenied):
        on(noor, browser)


def test_the_database_keeps_no_address_that_is_read_on_the_way(noor, browser):
    device = on(noor, browser)

    with pytest.raises(IntegrityError), transaction.atomic():
        Device.objects.filter(pk=device.pk).update(endpoint="http://fcm.googleapis.com/")


def test_the_command_makes_a_key_that_signs(service, noor, browser, settings, capsys):
    call_command("web_push_key")
    settings.WEB_PUSH_PRIVATE_KEY = capsys.readouterr().out.strip()
    on(noor, browser, f"{service.origin}/1")

    assert push(noor, NOON) == 1
