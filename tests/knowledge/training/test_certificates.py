"""A certificate is checked by anybody with its code, and a badge by anybody with our key."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from pypdf import PdfReader

from knowledge.training.models import Certificate
from knowledge.training.services import badges
from tests.factories.accounts import sign_in
from tests.factories.training import module_with_test, take

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((Path(__file__).parent / "achievement_credential.schema.json").read_text())


@pytest.fixture
def certificate(noor):
    with time_machine.travel("2026-11-02 09:00+01:00"):
        take(module_with_test(goals="U kijkt zonder oordeel."), noor)
    return Certificate.objects.get()


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_anybody_with_the_code_sees_whether_a_certificate_is_valid(client, certificate):
    with time_machine.travel("2026-12-01 09:00+01:00"):
        html = client.get(f"/training/certificaat/{certificate.code}/").content.decode()
    assert "Noor Jansen" in html and "echt en geldig" in html
    with time_machine.travel("2029-12-01 09:00+01:00"):
        html = client.get(f"/training/certificaat/{certificate.code}/").content.decode()
    assert "niet meer geldig" in html


def test_the_page_to_check_says_no_address_and_no_score(client, certificate, noor):
    response = client.get(f"/training/certificaat/{certificate.code}/")

    assert noor.email not in response.content.decode()
    assert "100" not in response.content.decode().split("<main")[1].split("</main")[0]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_typed_code_with_dashes_and_small_letters_is_found(client, certificate):
    response = client.get("/training/certificaat/", {"code": certificate.spaced_code.lower()})

    assert response.url == f"/training/certificaat/{certificate.code}/"


def test_an_unknown_code_is_told_so(client):
    response = client.get("/training/certificaat/AAAABBBBCCCCDDDD/")

    assert response.status_code == 404
    assert "kennen wij niet" in response.content.decode()


def test_the_owner_downloads_it_on_paper(client, certificate, noor):
    sign_in(client, noor)

    response = client.get(f"/training/certificaat/{certificate.code}/pdf/")

    text = PdfReader(BytesIO(response.content)).pages[0].extract_text()
    assert "Noor Jansen" in text and certificate.spaced_code in text
    assert f"/training/certificaat/{certificate.code}/" in text


def test_a_badge_fits_the_schema_of_open_badges(client, certificate, noor):
    sign_in(client, noor)
    token = client.get(f"/training/certificaat/{certificate.code}/badge/").content.decode()
    claims = json.loads(unpadded(token.split(".")[1]))

    checker = jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert not list(checker.iter_errors(claims))
    for needed in ("@context", "issuer", "validFrom", "credentialSubject"):
        assert list(checker.iter_errors({**claims, needed: None})), needed


def test_a_wallet_checks_a_badge_with_the_published_key_alone(client, certificate, noor):
    sign_in(client, noor)
    token = client.get(f"/training/certificaat/{certificate.code}/badge/").content.decode()
    client.logout()
    header = json.loads(unpadded(token.split(".")[0]))
    keys = client.get("/training/uitgever/sleutels.json").json()["keys"]
    key = next(one for one in keys if one["kid"] == header["kid"].split("#")[1])
    numbers = [int.from_bytes(unpadded(key[name])) for name in ("x", "y")]
    public = ec.EllipticCurvePublicNumbers(*numbers, ec.SECP256R1()).public_key()
    text, signature = token.rsplit(".", 1)
    raw = unpadded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))

    public.verify(der, text.encode(), ec.ECDSA(hashes.SHA256()))
    assert header["alg"] == "ES256"


def published(client, token):
    """The public key that the head of a badge leads to, as a stranger fetches it."""
    address, _hash, name = jwt.get_unverified_header(token)["kid"].partition("#")
    keys = client.get(urlsplit(address).path).json()["keys"]
    return jwt.PyJWK(next(key for key in keys if key["kid"] == name)).key


def test_an_independent_verifier_of_open_badges_takes_a_badge(client, certificate):
    token = badges.signed(certificate, certificate.module)
    verifier = OB3Verifier(published(client, token))

    with time_machine.travel("2026-12-01 09:00+01:00"):
        found = verifier.verify(token)
        claims = jwt.decode(token, published(client, token), algorithms=["ES256"])

    assert found.issuer.id == claims["iss"] == claims["issuer"]["id"]
    assert claims["sub"] == claims["credentialSubject"]["id"]
    assert claims["jti"] == claims["id"]
    assert datetime.fromtimestamp(claims["nbf"], UTC) == datetime.fromisoformat(claims["validFrom"])
    assert datetime.fromtimestamp(claims["exp"], UTC) == datetime.fromisoformat(
        claims["validUntil"]
    )


def test_an_independent_verifier_refuses_a_badge_that_expired_or_was_changed(client, certificate):
    token = badges.signed(certificate, certificate.module)
    head, body, signature = token.split(".")
    claims = json.loads(unpadded(body))
    claims["credentialSubject"]["achievement"]["name"] = "Iets anders"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    verifier = OB3Verifier(published(client, token))

    with time_machine.travel("2026-12-01 09:00+01:00"):
        with pytest.raises(OB3VerificationError, match="signature"):
            verifier.verify(f"{head}.{forged}.{signature}")
        with pytest.raises(OB3VerificationError):
            OB3Verifier(ec.generate_private_key(ec.SECP256R1()).public_key()).verify(token)
    late = time_machine.travel("2029-12-01 09:00+01:00")
    with late, pytest.raises(OB3VerificationError, match="expired"):
        verifier.verify(token)


def test_the_badge_belongs_to_an_address_without_saying_it(certificate, noor):
    claims = badges.opened(badges.signed(certificate, None))

    assert noor.email not in json.dumps(claims)
    identity = claims["credentialSubject"]["identifier"][0]
    wanted = hashlib.sha256((noor.email + identity["salt"]).encode()).hexdigest()
    assert identity["identityHash"] == f"sha256${wanted}"


def test_a_badge_that_was_changed_is_not_ours(certificate):
    head, body, signature = badges.signed(certificate, None).split(".")
    claims = json.loads(unpadded(body))
    claims["credentialSubject"]["achievement"]["name"] = "Iets anders"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()

    for token in (f"{head}.{forged}.{signature}", f"{head}.{body}.AAAA", "x", "", "a.b.c"):
        with pytest.raises(badges.NotOurs):
            badges.opened(token)
