from django.urls import path

from meldpunt.reports.views import colleagues, desk, handling, holders, kluis, worklist

urlpatterns = [
    path("", worklist.reports, name="reports"),
    path("kluis/", kluis.unlock, name="unlock"),
    path("kluis/sluiten/", kluis.lock, name="lock"),
    path("sleutels/", holders.holders, name="holders"),
    path("sleutels/vragen/", holders.ask, name="ask_holder"),
    path("sleutels/<int:pk>/akkoord/", holders.approve, name="approve_holder"),
    path("sleutels/vertrek/", holders.ask_to_leave, name="ask_to_leave"),
    path("sleutels/vertrek/<int:pk>/akkoord/", holders.agree_to_leave, name="agree_to_leave"),
    path("sleutels/vernieuwen/", holders.renew, name="renew_keys"),
    path("weergaven/bewaren/", worklist.keep_view, name="keep_view"),
    path("weergaven/<int:pk>/weg/", worklist.drop_view, name="drop_view"),
    path("<str:ref>/", desk.report, name="report"),
    path("<str:ref>/melder/", desk.identity, name="identity"),
    path("<str:ref>/behandelen/", colleagues.assign, name="assign"),
    path("<str:ref>/vervanger/", colleagues.deputy, name="deputy"),
    path("<str:ref>/uitsluiten/", colleagues.exclude, name="exclude"),
    path("<str:ref>/belang/", colleagues.conflict, name="conflict"),
    path("<str:ref>/doorgaan/", colleagues.keep, name="keep"),
    path("<str:ref>/stap/<slug:state>/", handling.step, name="step"),
    path("<str:ref>/bericht/", handling.message, name="message"),
    path("<str:ref>/notitie/", handling.note, name="note"),
    path("<str:ref>/akkoord/", handling.agree, name="agree"),
    path("<str:ref>/afwijzen/", handling.decline, name="decline"),
]
