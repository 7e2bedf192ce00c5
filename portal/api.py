"""The API of the portal: one router per room, but none of the meldpunt."""

from ninja import NinjaAPI

api = NinjaAPI(title="Vredeportaal", version="1", docs_url=None)
api.add_router("/zoeken", "search.api.router")
