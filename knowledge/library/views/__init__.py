"""Pages of the knowledge base that are no Wagtail pages themselves."""
