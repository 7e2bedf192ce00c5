"""What people see of accounts."""

from portal.accounts.views.gate import gate

__all__ = ["gate"]
