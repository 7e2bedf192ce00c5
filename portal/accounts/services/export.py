"""What the portal keeps of one person."""

from typing import Any

from allauth.mfa.models import Authenticator

from portal.accounts.models import User


def own_data(user: User) -> dict[str, Any]:
    """The account as plain data: no secrets, and nothing of anybody else (GR-21, AVG art. 15)."""
    return {
        "naam": user.name,
        "e-mailadres": user.email,
        "lid sinds": user.joined_at.isoformat(),
        "laatst ingelogd": user.last_login.isoformat() if user.last_login else None,
        "rollen": [
            {
                "rol": membership.role,
                "gemeente": str(membership.municipality or "hele regio"),
                "van": membership.valid_from.isoformat(),
                "tot en met": membership.valid_until.isoformat(),
                "beëindigd": membership.ended_at.isoformat() if membership.ended_at else None,
            }
            for membership in user.memberships.select_related("municipality")
        ],
        "tweede factoren": [
            {"soort": factor.type, "sinds": factor.created_at.isoformat()}
            for factor in Authenticator.objects.filter(user=user)
        ],
    }
