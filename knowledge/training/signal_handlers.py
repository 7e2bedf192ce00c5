"""Changes elsewhere that a module has to know."""

from typing import Any

from knowledge.library.models import ArticlePage
from knowledge.training.models import LessonPage, ModulePage


def lessons_changed(sender: Any, page: Any, **kwargs: Any) -> None:
    """The content of a lesson changed, or of an article that lessons show: so did the module's.

    Who passed is then asked for the short refresher (portal.md E11).
    """
    if isinstance(page, LessonPage):
        paths = [page.module_path]
    elif isinstance(page, ArticlePage):
        shown = LessonPage.objects.live().filter(article=page).only("path")
        paths = [lesson.module_path for lesson in shown]
    else:
        return
    ModulePage.objects.filter(path__in=paths).update(content_changed_on=page.content_changed_on)
