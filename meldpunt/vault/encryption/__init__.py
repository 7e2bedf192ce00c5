"""The cryptography of the meldpunt: bytes and keys, no Django, no database, no settings.

How to use it
=============

Everything is bound to a place and opens nowhere else, so say exactly where a value belongs.

A report comes in (process of the reporter)::

    key = trusted_wrap_key(SignedKeyRecord.from_text(row.record),
                           signing=SignedKeyRecord.from_text(signing_row.record),
                           root=VerifyKey(pinned), role=KeyRole.REPORT, municipality=g, on=today)
    place = DomainPlace(report=r, domain=Domain.REPORT, municipality=g)
    secret, retention = DomainSecret.new(), RetentionKey.new()
    keystore.put(place.keystore_id, place.domain, retention.material)     # keystore first
    wrapped = wrap_secret(secret, to=key, place=place)                    # store in the database
    content_key = derive_content_key(secret, retention, place=place)
    story = ContentPlace(place, table="answers", object_id=answers_id, seq=0)
    sealed = seal_text(text, key=content_key, place=story)                # store
    audit(commitment(retention).hex())

The same for ``Domain.DIALOGUE``, whose secret is also wrapped to the code::

    code = ReceiptCode.new()                                              # show code.formatted once
    keys = derive_code_keys(code, pepper=web_pepper)                      # one slow hash
    wrapped = wrap_for_code(secret, seed=keys.seed, pepper=web_pepper, salt=salt, report=r)
    receipt = sign_receipt(receipt_key, municipality=g, week="2026-W48", lookup=keys.lookup)

The reporter comes back::

    keys = derive_code_keys(ReceiptCode.parse(typed), pepper=web_pepper)  # then find keys.lookup
    secret = unwrap_by_code(row.wrapped, seed=keys.seed, pepper=web_pepper, salt=row.salt, report=r)
    box = seal_visit(secret, cookie=VisitCookie.new(), report=r, at=now)  # into the web session

Staff unlock (process of the workplace)::

    uk = unlock_staff_key(staff_key, passphrase=typed, pepper=staff_pepper)
    held = unwrap_held_key(row.wrapped, by=uk, record=record, holder=user.pk)
    box = seal_unlocked(UnlockedKeys((held,)), cookie=cookie, pepper=staff_pepper,
                        user=user.pk, at=now)
    secret = unwrap_secret(row.wrapped, by=held.private, place=place)

Between two steps of the form: ``seal_steps`` and ``open_steps``. Files: ``seal_file`` and
``open_file``. The list: ``derive_index_key``, ``seal_index``, ``open_index``. Set-up of a
municipality: ``SigningKey.new``, ``WrapPrivateKey.new``, ``KeyRecord.of(...).signed_by``,
``wrap_held_key``, ``wrap_index_master``, ``lock_recovery_key``.

Catch ``CannotOpen``, ``CannotSeal``, ``RecordRefused``, ``NotACode``; never catch one to try
another way. Formats: docs/reference/envelope-format.md. Keys: docs/explanation/meldpunt-keys.md.
"""

from meldpunt.vault.encryption.content import open_text, seal_text
from meldpunt.vault.encryption.domains import (
    ContentPlace,
    Domain,
    DomainPlace,
    commitment,
    derive_content_key,
    unwrap_secret,
    wrap_secret,
)
from meldpunt.vault.encryption.envelope import Header, Suite
from meldpunt.vault.encryption.errors import (
    CannotOpen,
    CannotSeal,
    NotACode,
    NotAnEnvelope,
    NotARecoveryFile,
    NotGenuine,
    NotText,
    PassphraseTooWeak,
    ReceiptRefused,
    RecordRefused,
    SheetsRefused,
    SizeMismatch,
    TextTooLong,
    TooBusy,
    TooOld,
    Truncated,
    WrongPassphrase,
)
from meldpunt.vault.encryption.files import open_file, seal_file
from meldpunt.vault.encryption.held_keys import (
    RECOVERY_HOLDER,
    HeldKey,
    unwrap_held_key,
    unwrap_index_master,
    wrap_held_key,
    wrap_index_master,
)
from meldpunt.vault.encryption.index_key import (
    derive_index_key,
    derive_tombstone_key,
    open_index,
    seal_index,
)
from meldpunt.vault.encryption.kdf import CODE_COST, PASSPHRASE_COST, Argon2Cost
from meldpunt.vault.encryption.key_pairs import (
    WrapPrivateKey,
    WrapPublicKey,
    best_suite,
)
from meldpunt.vault.encryption.key_records import KeyRecord, KeyRole, SignedKeyRecord
from meldpunt.vault.encryption.key_trust import (
    trusted_record,
    trusted_signing_key,
    trusted_wrap_key,
)
from meldpunt.vault.encryption.paper_sheets import read_sheets, write_sheets
from meldpunt.vault.encryption.passphrases import (
    check_passphrase,
    new_passphrase,
    passphrase_bits,
)
from meldpunt.vault.encryption.receipt_code import (
    CodeKeys,
    CodeSeed,
    ReceiptCode,
    derive_code_keys,
    unwrap_by_code,
    wrap_for_code,
)
from meldpunt.vault.encryption.receipts import Receipt, sign_receipt, verify_receipt
from meldpunt.vault.encryption.recovery import lock_recovery_key, unlock_recovery_key
from meldpunt.vault.encryption.recovery_files import (
    NewHolder,
    RecoveryCase,
    RecoveryPair,
    RecoveryResult,
    case_from_text,
    case_to_text,
    pair_from_text,
    pair_to_text,
    result_from_text,
    result_to_text,
)
from meldpunt.vault.encryption.reference import (
    format_reference,
    new_reference,
    parse_reference,
    reference_of,
)
from meldpunt.vault.encryption.scratch import Scratch
from meldpunt.vault.encryption.sealed_steps import open_steps, seal_steps
from meldpunt.vault.encryption.secret_bytes import (
    ContentKey,
    DomainSecret,
    IndexMaster,
    RecoverySeed,
    RetentionKey,
    StaffPepper,
    VisitCookie,
    WebPepper,
)
from meldpunt.vault.encryption.signing import SigningKey, VerifyKey
from meldpunt.vault.encryption.staff_keys import (
    StaffKey,
    lock_staff_key,
    login_fingerprint,
    new_staff_key,
    unlock_staff_key,
)
from meldpunt.vault.encryption.unlock import (
    UnlockedIndex,
    UnlockedKeys,
    open_unlocked,
    seal_unlocked,
)
from meldpunt.vault.encryption.visits import open_visit, seal_visit

__all__ = [
    "CODE_COST",
    "PASSPHRASE_COST",
    "RECOVERY_HOLDER",
    "Argon2Cost",
    "CannotOpen",
    "CannotSeal",
    "CodeKeys",
    "CodeSeed",
    "ContentKey",
    "ContentPlace",
    "Domain",
    "DomainPlace",
    "DomainSecret",
    "Header",
    "HeldKey",
    "IndexMaster",
    "KeyRecord",
    "KeyRole",
    "NewHolder",
    "NotACode",
    "NotARecoveryFile",
    "NotAnEnvelope",
    "NotGenuine",
    "NotText",
    "PassphraseTooWeak",
    "Receipt",
    "ReceiptCode",
    "ReceiptRefused",
    "RecordRefused",
    "RecoveryCase",
    "RecoveryPair",
    "RecoveryResult",
    "RecoverySeed",
    "RetentionKey",
    "Scratch",
    "SheetsRefused",
    "SignedKeyRecord",
    "SigningKey",
    "SizeMismatch",
    "StaffKey",
    "StaffPepper",
    "Suite",
    "TextTooLong",
    "TooBusy",
    "TooOld",
    "Truncated",
    "UnlockedIndex",
    "UnlockedKeys",
    "VerifyKey",
    "VisitCookie",
    "WebPepper",
    "WrapPrivateKey",
    "WrapPublicKey",
    "WrongPassphrase",
    "best_suite",
    "case_from_text",
    "case_to_text",
    "check_passphrase",
    "commitment",
    "derive_code_keys",
    "derive_content_key",
    "derive_index_key",
    "derive_tombstone_key",
    "format_reference",
    "lock_recovery_key",
    "lock_staff_key",
    "login_fingerprint",
    "new_passphrase",
    "new_reference",
    "new_staff_key",
    "open_file",
    "open_index",
    "open_steps",
    "open_text",
    "open_unlocked",
    "open_visit",
    "pair_from_text",
    "pair_to_text",
    "parse_reference",
    "passphrase_bits",
    "read_sheets",
    "reference_of",
    "result_from_text",
    "result_to_text",
    "seal_file",
    "seal_index",
    "seal_steps",
    "seal_text",
    "seal_unlocked",
    "seal_visit",
    "sign_receipt",
    "trusted_record",
    "trusted_signing_key",
    "trusted_wrap_key",
    "unlock_recovery_key",
    "unlock_staff_key",
    "unwrap_by_code",
    "unwrap_held_key",
    "unwrap_index_master",
    "unwrap_secret",
    "verify_receipt",
    "wrap_for_code",
    "wrap_held_key",
    "wrap_index_master",
    "wrap_secret",
    "write_sheets",
]
