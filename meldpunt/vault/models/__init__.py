"""Keys: public ones with their signatures, private ones wrapped to the people who hold them."""

from meldpunt.vault.keystore import KeystoreKey
from meldpunt.vault.models.holders import HolderAdmission, KeyWrap, StaffKeyPair
from meldpunt.vault.models.keys import IndexMasterWrap, PublicKeyRecord

__all__ = [
    "HolderAdmission",
    "IndexMasterWrap",
    "KeyWrap",
    "KeystoreKey",
    "PublicKeyRecord",
    "StaffKeyPair",
]
