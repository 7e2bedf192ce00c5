import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core import mail
from django.core.cache import cache

from portal.accounts.models import Invitation, User
from portal.accounts.services.invitations import invite, token, withdraw_invitation
from tests.factories.accounts import PASSWORD, ManagerFactory, UserFactory
from tests.factories.pages import home_page
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    home_page()
    cache.clear()


def sign_in(client, user, password=PASSWORD):
    return client.post("/account/login/", {"login": user.email, "password": password})


def second_factor(user):
    secret = generate_totp_secret()
    data = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return secret


def code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_professional_signs_in_with_a_password(client):
    response = sign_in(client, UserFactory(roles=["professional"]))

    assert response.headers["Location"] == "/werkplek/"
    assert client.get("/werkplek/").status_code == 200


def test_an_editor_without_second_factor_is_led_to_setting_one_up(client):
    sign_in(client, UserFactory(roles=["redacteur"]))

    for address in ("/beheer/", "/werkplek/", "/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/2fa/totp/activate/")


def test_an_editor_signs_in_with_password_and_code(client):
    editor = UserFactory(roles=["redacteur"])
    secret = second_factor(editor)

    assert sign_in(client, editor).headers["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/beheer/").status_code == 302
    client.post("/account/2fa/authenticate/", {"code": code(secret)})

    assert client.get("/beheer/").status_code == 200


def test_a_web_session_that_came_in_by_a_side_door_is_asked_for_the_second_factor(
    client,
):
    editor = UserFactory(roles=["redacteur"])
    second_factor(editor)
    client.force_login(editor)

    response = client.get("/beheer/")

    assert response.headers["Location"].startswith("/account/2fa/reauthenticate/")


def test_secrets_of_second_factors_are_not_stored_in_the_clear():
    secret = second_factor(UserFactory(roles=["redacteur"]))

    assert secret not in str(Authenticator.objects.get().data)


@pytest.mark.parametrize("address", ["/beheer/login/", "/_util/login/", "/account/poort/"])
def test_every_side_door_leads_to_the_one_login(client, address):
    response = client.get(address, {"next": "/beheer/"})

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")


def test_the_gate_never_leads_off_the_portal(client):
    response = client.get("/account/poort/", {"next": "https://elders.example/"})

    assert "elders" not in response.headers["Location"]


def test_a_signed_in_person_without_rights_gets_a_403_and_no_loop(client):
    sign_in(client, UserFactory(roles=["professional"]))

    response = client.get("/beheer/", follow=True)

    assert response.status_code == 403


def test_nobody_makes_an_account_without_an_invitation(client):
    client.post(
        "/account/signup/",
        {"email": "vreemde@lindekade.example", "password1": PASSWORD},
    )

    assert not User.objects.filter(email="vreemde@lindekade.example").exists()


def letter(**fields):
    invitation = invite(
        "nieuw@lindekade.example",
        name="Nieuwe Collega",
        role="professional",
        municipality=MunicipalityFactory(),
        by=ManagerFactory(),
        **fields,
    )
    return invitation, f"/account/uitnodiging/{token(invitation)}/"


def test_an_invited_person_gets_an_account_with_the_role(client):
    _invitation, link = letter()

    client.get(link)
    client.post("/account/signup/", {"email": "nieuw@lindekade.example", "password1": PASSWORD})

    user = User.objects.get(email="nieuw@lindekade.example")
    assert (user.name, user.holds("professional")) == ("Nieuwe Collega", True)


def test_an_invitation_works_once_and_for_the_invited_address_only(client):
    _invitation, link = letter()
    client.get(link)
    client.post("/account/signup/", {"email": "ander@lindekade.example", "password1": PASSWORD})
    assert not User.objects.filter(email="ander@lindekade.example").exists()

    client.post("/account/signup/", {"email": "nieuw@lindekade.example", "password1": PASSWORD})
    client.logout()

    assert client.get(link).status_code == 410


def test_a_withdrawn_invitation_opens_nothing(client):
    invitation, link = letter()
    withdraw_invitation(invitation, by=ManagerFactory())

    assert client.get(link).status_code == 410
    assert client.get("/account/uitnodiging/geraden/").status_code == 410


def test_the_letter_says_nothing_of_role_or_subject(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter()

    text = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    assert not any(word in text for word in ("professional", "radicalis", "meldpunt"))
    assert Invitation.objects.get().email in mail.outbox[0].to


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client):
    known = UserFactory(roles=["professional"])
    answers = [
        client.post("/account/password/reset/", {"email": email}).headers["Location"]
        for email in (known.email, "onbekend@lindekade.example")
    ]

    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[known.email]]


def test_after_ten_wrong_passwords_the_door_stays_shut_for_a_while(client):
    user = UserFactory(roles=["professional"])
    for _try in range(10):
        sign_in(client, user, "fout-wachtwoord")

    response = sign_in(client, user)

    assert "_auth_user_id" not in client.session
    assert response.status_code in (200, 429)
