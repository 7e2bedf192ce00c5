from django.urls import URLPattern, URLResolver, path

from meldpunt.reports.views import code_page, exits, landing, phone, receipts, reporting

app_name = "meldpunt"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", landing.landing, name="landing"),
    path("snel-weg/", exits.quick_exit, name="quick_exit"),
    path("melden/", landing.begin, name="begin"),
    path("melden/controle/", receipts.check, name="check"),
    path("melden/bewaard/", receipts.confirm, name="confirm"),
    path("melden/code.txt", receipts.as_text, name="as_text"),
    path("melden/telefoon/<str:token>/", phone.phone, name="phone"),
    path("melden/<slug:step>/", reporting.step, name="step"),
    path("code/", code_page.code, name="code"),
    path("code/bericht/", code_page.message, name="message"),
    path("code/intrekken/", code_page.take_back, name="withdraw"),
    path("code/nieuwe-code/", code_page.new_code, name="new_code"),
    path("code/stoppen/", code_page.stop, name="end_contact"),
    path("code/sluiten/", code_page.leave, name="leave"),
]
