"""Keys: public ones with their signatures, private ones wrapped to the people who hold them."""

from meldpunt.vault.keystore import KeystoreDestroyed, KeystoreKey
from meldpunt.vault.models.holders import (
    HolderAdmission,
    HolderRecord,
    HolderWithdrawal,
    KeyWrap,
    StaffKeyPair,
)
from meldpunt.vault.models.keys import IndexMasterWrap, PublicKeyRecord
from meldpunt.vault.models.recovery import RecoveryKey, RecoveryWrap

__all__ = [
    "HolderAdmission",
    "HolderRecord",
    "HolderWithdrawal",
    "IndexMasterWrap",
    "KeyWrap",
    "KeystoreDestroyed",
    "KeystoreKey",
    "PublicKeyRecord",
    "RecoveryKey",
    "RecoveryWrap",
    "StaffKeyPair",
]
