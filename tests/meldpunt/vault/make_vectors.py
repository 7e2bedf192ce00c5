"""Make the known answers of a format version: ``python -m tests.meldpunt.vault.make_vectors``.

A file that exists is never written again, because data in the field stays as it is. A new version
or suite gets a new file; see vectors/README.md.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from meldpunt.vault import encryption as vault
from meldpunt.vault.encryption.envelope import seal
from meldpunt.vault.encryption.hpke import wrap
from meldpunt.vault.encryption.kdf import slow_passphrase_hash
from meldpunt.vault.encryption.padding import pad, padme
from tests.meldpunt.vault import cast

VECTORS = Path(__file__).parent / "vectors"
SECRET, RETENTION = vault.DomainSecret(b"S" * 32), vault.RetentionKey(b"R" * 32)
SALT = b"0123456789abcdef"
PHRASE = "turbine zuil pond kaart rond"
CODE = vault.ReceiptCode("ZDEBQ244MSCKJBRF")
TEXT = "Ik zag dat de deur openstond. Één keer, op woensdag."
FILE = vault.ContentPlace(cast.PLACE, table="file", object_id=cast.ROW)
PLACE = {
    "report": str(cast.REPORT),
    "domain": "dialogue",
    "municipality": cast.MUNICIPALITY,
    "object_id": str(cast.ROW),
}


def envelopes() -> dict[str, Any]:
    """One envelope of each suite."""
    return {
        "0x01": _wrap(vault.Suite.HPKE_X25519),
        "0x02": _wrap(vault.Suite.HPKE_HYBRID),
        "0x11": {
            "key": cast.CONTENT_KEY.material.hex(),
            "place": {**PLACE, "table": "message", "seq": 3},
            "context": cast.MESSAGE.aad.decode(),
            "text": TEXT,
            "envelope": vault.seal_text(TEXT, key=cast.CONTENT_KEY, place=cast.MESSAGE).hex(),
        },
        "0x11 with a key id": {
            "key": cast.CONTENT_KEY.material.hex(),
            "key_id": 3735928559,
            "context": "here",
            "plaintext": b"bytes".hex(),
            "envelope": seal(
                b"bytes", key=cast.CONTENT_KEY, context=b"here", key_id=3735928559
            ).hex(),
        },
        "0x12": _file(b"een klein bestand", times=1),
        "0x12 in two frames": _file(bytes(range(251)), times=262),
    }


def derivations() -> dict[str, Any]:
    """Everything that follows from its inputs alone."""
    code_keys = vault.derive_code_keys(CODE, pepper=cast.WEB)
    place, internal = cast.PLACE, vault.DomainPlace(cast.REPORT, vault.Domain.INTERNAL, 7)
    master = vault.IndexMaster(b"i" * 32)
    slow = slow_passphrase_hash(PHRASE.encode(), salt=SALT, cost=vault.PASSPHRASE_COST)
    tombstone = vault.derive_tombstone_key(master, report=cast.REPORT, municipality=7)
    return {
        "content_key": _hex(vault.derive_content_key(SECRET, RETENTION, place=place)),
        "keystore_id": place.keystore_id.hex(),
        "commitment": vault.commitment(RETENTION).hex(),
        "index_key": _hex(vault.derive_index_key(master, RETENTION, place=internal)),
        "tombstone_key": _hex(tombstone),
        "code": CODE.formatted,
        "lookup": code_keys.lookup.hex(),
        "seed": _hex(code_keys.seed),
        "slow_passphrase_hash": slow.hex(),
        "login_fingerprint": vault.login_fingerprint(
            "hash", "totp", user=12, pepper=cast.STAFF
        ).hex(),
        "signing_key_id": cast.SIGNING.public().key_id,
        "signing_fingerprint": cast.SIGNING.public().fingerprint,
        "padme": {str(n): padme(n) for n in (0, 1, 2, 9, 100, 1000, 65_545, 10**6, 10**7, 2**40)},
        "padded": {str(n): len(pad(bytes(n))) for n in (0, 1023, 1024, 4096, 65_536, 262_143)},
        "receipt": vault.sign_receipt(
            cast.SIGNING, municipality=7, week="2026-W48", lookup=code_keys.lookup
        ).text,
    }


def records() -> dict[str, Any]:
    """A chain from the root to a municipality key of each suite."""
    return {
        "root": cast.ROOT.public().material.hex(),
        "signing": cast.signing_record().text,
        **{
            f"{suite:#04x}": vault.KeyRecord.of(
                cast.KEYS[suite].public(),
                role=vault.KeyRole.REPORT,
                municipality=cast.MUNICIPALITY,
                epoch=4,
                **cast.QUARTER,
            )
            .signed_by(cast.SIGNING)
            .text
            for suite in cast.WRAP_SUITES
        },
    }


def boxes() -> dict[str, Any]:
    """What people hold: staff pair, wraps, code, recovery, and what waits between requests."""
    pair = cast.KEYS[vault.Suite.HPKE_HYBRID]
    held = vault.HeldKey(7, vault.KeyRole.REPORT, pair, epoch=4)
    index = vault.UnlockedIndex(7, pair.public().key_id, vault.IndexMaster(b"i" * 32))
    staff = vault.new_staff_key(user=12, passphrase=PHRASE, pepper=cast.STAFF, cost=cast.CHEAP)
    seed, recovery = vault.RecoverySeed(b"p" * 32), vault.WrapPrivateKey.new()
    box = {"cookie": cast.COOKIE, "at": cast.NOW}
    code_seed = vault.CodeSeed(b"c" * 32)
    return {
        "pair": pair.material.hex(),
        "staff": {
            "public": staff.public.material.hex(),
            "salt": staff.salt.hex(),
            "cost": staff.cost.stored,
            "sealed_private": staff.sealed_private.hex(),
        },
        "held": vault.wrap_held_key(held, to=staff.public, holder=12).hex(),
        "index": vault.wrap_index_master(index.master, to=pair.public(), municipality=7).hex(),
        "secret": vault.wrap_secret(SECRET, to=pair.public(), place=cast.PLACE).hex(),
        "code": vault.wrap_for_code(
            SECRET, seed=code_seed, pepper=cast.WEB, salt=SALT, report=cast.REPORT
        ).hex(),
        "recovery": {
            "public": recovery.public().material.hex(),
            "locked": vault.lock_recovery_key(recovery, seed=seed, municipality=7).hex(),
        },
        "steps": vault.seal_steps(
            {"seen": TEXT}, pepper=cast.WEB, questionnaire="2026.1", step="where", **box
        ),
        "visit": vault.seal_visit(SECRET, report=cast.REPORT, **box).hex(),
        "unlocked": vault.seal_unlocked(
            vault.UnlockedKeys((held,), (index,)), pepper=cast.STAFF, user=12, **box
        ).hex(),
    }


def _wrap(suite: vault.Suite) -> dict[str, Any]:
    private = cast.KEYS[suite]
    context = cast.PLACE.wrap_context
    return {
        "private": private.material.hex(),
        "public": private.public().material.hex(),
        "key_id": private.public().key_id,
        "context": context.decode(),
        "plaintext": _hex(SECRET),
        "envelope": wrap(SECRET.material, to=private.public(), context=context).hex(),
    }


def _file(repeated: bytes, *, times: int) -> dict[str, Any]:
    data = repeated * times
    sealed = b"".join(vault.seal_file([data], size=len(data), key=cast.CONTENT_KEY, place=FILE))
    return {
        "key": cast.CONTENT_KEY.material.hex(),
        "place": {**PLACE, "table": "file", "seq": 0},
        "context": FILE.aad.decode(),
        "repeated": repeated.hex(),
        "times": times,
        "envelope": sealed.hex(),
    }


def _hex(secret: vault.ContentKey | vault.DomainSecret | vault.CodeSeed) -> str:
    return secret.material.hex()


ALL: dict[str, Callable[[], dict[str, Any]]] = {
    "envelopes-v1.json": envelopes,
    "derivations-v1.json": derivations,
    "records-v1.json": records,
    "boxes-v1.json": boxes,
}


def main() -> None:
    """Write the files that aren't there yet."""
    for name, make in ALL.items():
        path = VECTORS / name
        if not path.exists():
            path.write_text(json.dumps(make(), indent=1, ensure_ascii=False) + "\n", "utf-8")


def place_of(fields: dict[str, Any]) -> vault.ContentPlace:
    """The place that a vector names."""
    within = vault.DomainPlace(
        UUID(fields["report"]), vault.Domain(fields["domain"]), fields["municipality"]
    )
    return vault.ContentPlace(within, fields["table"], UUID(fields["object_id"]), fields["seq"])


if __name__ == "__main__":
    main()
