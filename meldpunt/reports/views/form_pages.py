"""The pages of the form: a draft in, a page with that draft sealed inside it out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy

from meldpunt.reports.forms.files import FilesForm
from meldpunt.reports.forms.questionnaire import STEPS, steps_for
from meldpunt.reports.forms.steps import QUESTIONNAIRE, StepForm
from meldpunt.reports.models import UploadSetting
from meldpunt.reports.services.drafts import Draft, DraftLost, open_draft
from meldpunt.reports.services.upload_settings import setting_of
from meldpunt.reports.views.puzzles import load_of_draft, puzzle_for
from meldpunt.vault.services import cookies
from meldpunt.vault.services.codes import VisitCookie
from meldpunt.vault.services.domains import CannotSeal

CHECK = "controle"
FIRST = next(iter(STEPS))
OUR_FIELDS = {"csrfmiddlewaretoken", "antwoorden", "ga"}


def show_step(
    request: HttpRequest,
    step: str,
    draft: Draft,
    *,
    form: StepForm | None = None,
    cookie: VisitCookie | None = None,
    template: str = "step.html",
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """The page of one step, with the whole draft sealed inside it."""
    if step == CHECK:
        return show_check(request, draft)
    visit = cookie or VisitCookie.from_text(cookies.read_cookie(request, cookies.FORM))
    form = form or form_of(step, draft, bound=False)
    try:
        sealed = draft.sealed_for(step, questionnaire=QUESTIONNAIRE, cookie=visit)
    except CannotSeal:
        return refused(request)
    context = {
        "form": form,
        "step": step,
        "sealed": sealed,
        **progress(step, draft),
        "is_first": step == FIRST,
        "place": draft.place,
        "to_check": draft.to_check,
        "by_phone": draft.is_by_phone,
        **other_language(),
        **extra,
    }
    response = render(request, f"meldpunt/reports/{template}", context, status=status)
    cookies.set_cookie(response, cookies.FORM, visit.text)
    return response


def refused(request: HttpRequest) -> HttpResponse:
    """A kind 400 for what no browser sends by itself."""
    return render(request, "meldpunt/reports/refused.html", status=400)


def draft_of(request: HttpRequest, step: str) -> Draft:
    """The draft that came with this page. Raises ``DraftLost``."""
    draft = open_draft(
        request.POST.get("antwoorden", ""),
        step=step,
        questionnaire=QUESTIONNAIRE,
        cookie_text=cookies.read_cookie(request, cookies.FORM),
    )
    if draft.place is None:
        raise DraftLost
    return draft


def form_of(step: str, draft: Draft, *, bound: bool = True) -> StepForm:
    """The form of a step with what was typed, to be checked or to be shown again."""
    typed = draft.typed.get(step, {})
    if bound:
        return STEPS[step](typed, municipality=draft.place, about=draft.kind)
    return STEPS[step](initial=typed, municipality=draft.place, about=draft.kind)


def order_of(draft: Draft) -> list[str]:
    """The pages of this draft, up to the last one."""
    return [*steps_for(draft.kind), CHECK]


def progress(step: str, draft: Draft) -> dict[str, Any]:
    """The list of steps, each done, now or to come, with the number of this one."""
    order = order_of(draft)
    here = order.index(step)
    titles = [STEPS[slug].short for slug in order[:-1]] + [gettext_lazy("Check")]
    return {
        "steps": [
            {"title": title, "state": "done" if at < here else "now" if at == here else ""}
            for at, title in enumerate(titles)
        ],
        "number": here + 1,
        "count": len(order),
    }


def other_language() -> dict[str, str]:
    """The language to switch to; the answers go along, since the switch is a button."""
    code = "nl" if translation.get_language() == "en" else "en"
    prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
    return {"other_language": code, "other_prefix": prefix}


def show_check(
    request: HttpRequest,
    draft: Draft,
    *,
    unavailable: bool = False,
    files_form: FilesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Everything that was typed, each with a way back to it; or the first step that lacks."""
    forms = checked(draft)
    if wrong := next((slug for slug, form in forms.items() if not form.is_valid()), None):
        form = forms[wrong] if wrong in draft.typed else None
        return show_step(request, wrong, draft, form=form, status=status)
    visit = VisitCookie.from_text(cookies.read_cookie(request, cookies.FORM))
    draft = draft.ready_to_send()
    context = {
        "answers": [
            {"step": slug, "title": form.title, "lines": form.shown()}
            for slug, form in forms.items()
        ],
        "sealed": draft.sealed_for(CHECK, questionnaire=QUESTIONNAIRE, cookie=visit),
        "step": CHECK,
        **progress(CHECK, draft),
        "place": draft.place,
        "by_phone": draft.is_by_phone,
        "about_staff": draft.is_about_staff,
        "unavailable": unavailable,
        "puzzle": puzzle_for(request, load_of_draft(draft), visit),
        "files_form": files_form or files_form_of(draft),
        "choose_again": bool(request.FILES),
        **other_language(),
    }
    return render(request, "meldpunt/reports/check.html", context, status=status)


def files_form_of(draft: Draft, request: HttpRequest | None = None) -> FilesForm:
    """The form for files: no field where the municipality takes none, or somebody else types."""
    setting = setting_of(draft.place) if draft.place else UploadSetting()
    if draft.is_by_phone:
        setting.is_on = False
    if request is None:
        return FilesForm(setting=setting)
    return FilesForm(request.POST, request.FILES, setting=setting)


def checked(draft: Draft) -> dict[str, StepForm]:
    """Every step with what was typed, to be judged by the server once more."""
    return {slug: form_of(slug, draft) for slug in steps_for(draft.kind)}
