"""Everything that can be refused here, by name.

Two families, so that a caller catches one word: ``CannotOpen`` when something sealed does not
open, ``CannotSeal`` when something will not be sealed. No message ever carries content.
"""


class CannotSeal(Exception):
    """The value can't be sealed; nothing was written."""


class NotText(CannotSeal):
    """The text holds characters that UTF-8 can't write (lone surrogates)."""


class TextTooLong(CannotSeal):
    """The text doesn't fit the largest padding class (256 KiB)."""


class SizeMismatch(CannotSeal):
    """A file turned out longer or shorter than the size announced for it."""


class SuiteUnavailable(CannotSeal):
    """The library on this machine doesn't offer the suite."""


class CannotOpen(Exception):
    """Something sealed doesn't open. Never try another way: say so and stop."""


class NotAnEnvelope(CannotOpen):
    """The bytes don't start as an envelope."""


class UnknownVersion(CannotOpen):
    """The envelope was made by a newer or an unknown version."""


class UnknownSuite(CannotOpen):
    """The envelope names a suite that doesn't exist in this version."""


class UnexpectedSuite(CannotOpen):
    """The envelope names another suite than its key was made for (a downgrade, or a mix-up)."""


class UnexpectedKey(CannotOpen):
    """The envelope is meant for another key than the one at hand."""


class Truncated(CannotOpen):
    """The envelope stops before its end, or goes on after it."""


class NotGenuine(CannotOpen):
    """The seal is broken: changed, moved from another place, or the wrong key."""


class PaddingBroken(CannotOpen):
    """The seal held, yet the padding inside isn't ours."""


class TooOld(CannotOpen):
    """The box is genuine, and older than allowed (or dated in the future)."""


class WrongPassphrase(CannotOpen):
    """The passphrase, or the pepper of this process, doesn't open the staff key."""


class TooBusy(Exception):
    """Too many people unlock at the same moment; try again in a few seconds."""


class NotACode(ValueError):
    """The text isn't a receipt code or reference: wrong length, symbols or check symbols."""


class PassphraseTooWeak(ValueError):
    """The passphrase is too short or too easily guessed."""


class RecordRefused(Exception):
    """A key record isn't trusted; the key must not be used."""


class RecordMalformed(RecordRefused):
    """The record isn't canonical JSON with exactly the known fields."""


class SignatureInvalid(RecordRefused):
    """The signature of the record doesn't fit its signer."""


class WrongSigner(RecordRefused):
    """The record above this one isn't a signing key of the same municipality."""


class WrongMunicipality(RecordRefused):
    """The record belongs to another municipality."""


class WrongRole(RecordRefused):
    """The record is genuine, for another use than asked."""


class WrongKeyId(RecordRefused):
    """The key id in the record doesn't follow from its public key."""


class SuiteRefused(RecordRefused):
    """The settings don't allow this suite for new wraps."""


class NotYetValid(RecordRefused):
    """The key starts on a later day."""


class NoLongerValid(RecordRefused):
    """The last day of the key has passed."""


class ReceiptRefused(ValueError):
    """The proof of receipt can't be read, or its signature doesn't hold."""


class SheetsRefused(ValueError):
    """The typed paper sheets do not make a seed."""


class NotARecoveryFile(ValueError):
    """A file from the stick is of another kind, or was changed."""
