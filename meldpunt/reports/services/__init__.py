"""What can be done with a report: each service is one deed, in one transaction."""
