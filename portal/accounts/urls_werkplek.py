from django.urls import path

from portal.accounts.views import members, trail

app_name = "accounts_werkplek"
urlpatterns = [
    path("mensen/", members.people, name="people"),
    path("mensen/uitnodigen/", members.new_invitation, name="invite"),
    path("mensen/rol-geven/", members.new_role, name="grant"),
    path("mensen/<int:pk>/goedkeuren/", members.approve, name="approve"),
    path("mensen/<int:pk>/beeindigen/", members.end, name="end"),
    path("mensen/uitnodiging/<int:pk>/intrekken/", members.withdraw, name="withdraw"),
    path("logboek/", trail.trail, name="trail"),
]
