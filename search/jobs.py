"""What is done in the background."""

from django_tasks import task

from portal.pages.models import PortalDocument
from search import documents, indexing, word_rules
from search.elastic.sending import send_waiting


@task(queue_name="index")
def send_search_changes() -> int:
    """Send every waiting change; none when the engine is away, the schedule tries again."""
    return send_waiting()


@task(queue_name="index")
def read_document(pk: int) -> str:
    """Read the text of a document; says how that went, also when it is gone meanwhile."""
    document = PortalDocument.objects.filter(pk=pk).first()
    if document is None or not documents.needs_reading(document):
        return ""
    return str(documents.read_document(document))


@task(queue_name="index")
def analyse_again(words: list[str]) -> int:
    """Write the entries that hold one of the words anew, by the rules of this moment."""
    sources = word_rules.sources_with(words)
    for source in sources:
        indexing.index_source(source)
    return len(sources)
