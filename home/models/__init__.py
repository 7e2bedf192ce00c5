"""The front page, news, standard pages and menus."""

from home.models.front import HomePage, HomeTask
from home.models.menus import MenuItem, MenuPlace
from home.models.news import NewsIndexPage, NewsPage
from home.models.standard import StandardPage

__all__ = [
    "HomePage",
    "HomeTask",
    "MenuItem",
    "MenuPlace",
    "NewsIndexPage",
    "NewsPage",
    "StandardPage",
]
