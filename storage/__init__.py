"""Keep conversations, applications, handoffs, staff and the audit trail, encrypted at rest."""
