"""Whether a page helped."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.library.forms import FeedbackForm
from knowledge.library.services.feedback import TooMuchFeedback, give_feedback
from knowledge.library.views.finding import find_readable_page


@csrf_exempt  # no cookie, no account: there is nothing that another site could use
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, where: str) -> HttpResponse:
    """Ask, and store the answer; what was typed stays when something is wrong."""
    page = find_readable_page(request, where)
    form = FeedbackForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                give_feedback(page=page, **form.values())
            except TooMuchFeedback:
                form.add_error(None, _("Too much came in just now. Please try later."))
                status = 429
            else:
                return HttpResponseRedirect("bedankt/", status=303)
    context = {"page": page, "form": form, "page_url": page.get_url(request)}
    response = render(request, "knowledge/library/feedback.html", context, status=status)
    add_never_cache_headers(response)
    return response


@require_safe
def thanks(request: HttpRequest, where: str) -> HttpResponse:
    """Say thank you."""
    page = find_readable_page(request, where)
    context = {"page": page, "page_url": page.get_url(request)}
    return render(request, "knowledge/library/feedback_thanks.html", context)
