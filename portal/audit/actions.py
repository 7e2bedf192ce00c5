"""Every action the trail knows; a name that is not here is refused."""

ACTIONS = frozenset(
    {
        # accounts
        "account.invited",
        "account.joined",
        "account.signed_in",
        "account.second_factor_added",
        "account.second_factor_removed",
        "role.granted",
        "role.approved",
        "role.refused",
        "role.ended",
        # training
        "training.certified",
        "training.erased",
        "training.enrolled",
        "training.imported",
        "training.exported",
        "training.invited",
        # region
        "zone.switched_on",
        "zone.switched_off",
        # meldpunt
        "key.municipality_created",
        "key.holder_asked",
        "key.holder_added",
        "key.holder_removed",
        "key.staff_key_made",
        "vault.unlocked",
        "vault.unlock_failed",
        "vault.locked",
        "report.received",
        "report.listed",
        "report.found",
        "report.opened",
        "report.identity_opened",
        "report.assigned",
        "report.state_changed",
        "report.question_sent",
        "report.message_sent",
        "report.message_received",
        "report.code_replaced",
        "report.contact_ended",
        "report.withdrawn",
        "report.note_added",
        "report.minimised",
        "report.refused",
        "report.destroyed",
    }
)
