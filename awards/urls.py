"""Every address of the product, floor by floor."""

from django.urls import include, path

from awards.views import account, invitations, jobs, letters, pages

urlpatterns = [
    path("favicon.ico", pages.favicon, name="favicon"),
    path("healthz", pages.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("account/", account.account_page, name="account_page"),
    path("invitations/<str:secret>/", invitations.invitation_page, name="invitation_page"),
    path("invitations/<str:secret>/code/", invitations.invitation_code, name="invitation_code"),
    path("invitations/<str:secret>/accept/", invitations.invitation_accept, name="invitation_accept"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("organiser/downloads/", jobs.job_list, name="organiser_downloads"),
    path("jobs/<int:pk>/file/", jobs.job_file, name="job_file"),
    path("editions/<slug:key>/letters/", letters.letter_list, name="letter_list"),
    path("letters/<int:pk>/", letters.letter_page, name="letter_page"),
    path("letters/<int:pk>/approve/", letters.letter_approve, name="letter_approve"),
    path("letters/<int:pk>/retry/", letters.letter_retry, name="letter_retry"),
    path("letters/<int:pk>/cancel/", letters.letter_cancel, name="letter_cancel"),
    path("language/", pages.language, name="set_language"),
    path("typed-text/", pages.typed_text, name="typed_text"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("", include("criteria.urls")),  # before the nominees' own, whose sections take any name in an entry
    path("", include("nominees.urls")),
    path("", include("reports.urls")),
]

handler403 = "awards.views.pages.refused"
handler400 = "awards.views.pages.unreadable"
