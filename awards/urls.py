"""Every address of the product, floor by floor."""

from django.urls import include, path

from awards.views import account, invitations, jobs, letter_writing, letters, new_edition, pages, seats, setup

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
    path("organiser/letters/", letters.letters_home, name="letters_home"),
    path("organiser/editions/<slug:key>/letters/", letter_writing.letter_plan, name="letter_plan"),
    path(
        "organiser/editions/<slug:key>/letters/reminders/",
        letter_writing.reminders_change,
        name="reminders_change",
    ),
    path("organiser/editions/<slug:key>/letters/write/", letter_writing.letter_write, name="letter_write"),
    path("organiser/editions/<slug:key>/letters/send/", letter_writing.letter_send, name="letter_send"),
    path("organiser/editions/<slug:key>/letters/approve/", letters.letters_approve, name="letters_approve"),
    path("organiser/editions/<slug:key>/letters/retry/", letters.letters_retry, name="letters_retry"),
    path(
        "organiser/editions/<slug:key>/letters/texts/<slug:purpose>/<slug:language>/",
        letter_writing.letter_template,
        name="letter_template",
    ),
    path(
        "organiser/editions/<slug:key>/letters/texts/<slug:purpose>/<slug:language>/usual/",
        letter_writing.letter_template_reset,
        name="letter_template_reset",
    ),
    path("organiser/editions/<slug:key>/inbox/", letters.inbox_page, name="inbox_page"),
    path("letters/", letters.own_letters, name="own_letters"),
    path("letters/<int:pk>/", letters.letter_page, name="letter_page"),
    path("letters/<int:pk>/approve/", letters.letter_approve, name="letter_approve"),
    path("letters/<int:pk>/retry/", letters.letter_retry, name="letter_retry"),
    path("letters/<int:pk>/cancel/", letters.letter_cancel, name="letter_cancel"),
    path("organiser/editions/new/", new_edition.edition_new, name="edition_new"),
    path("organiser/editions/<slug:key>/copy/", new_edition.edition_copy, name="edition_copy"),
    path("organiser/editions/<slug:key>/copied/", new_edition.edition_copied, name="edition_copied"),
    path("organiser/editions/<slug:key>/setup/", setup.edition_setup, name="edition_setup"),
    path("organiser/editions/<slug:key>/setup/facts/", setup.setup_facts, name="setup_facts"),
    path("organiser/editions/<slug:key>/setup/stages/", setup.setup_stages, name="setup_stages"),
    path(
        "organiser/editions/<slug:key>/setup/stages/<int:pk>/remove/", setup.stage_remove, name="stage_remove"
    ),
    path("organiser/editions/<slug:key>/setup/stages/<int:pk>/swap/", setup.stage_swap, name="stage_swap"),
    path("organiser/editions/<slug:key>/setup/partners/", setup.setup_partners, name="setup_partners"),
    path(
        "organiser/editions/<slug:key>/setup/partners/<int:pk>/remove/",
        setup.partner_remove,
        name="partner_remove",
    ),
    path("organiser/editions/<slug:key>/setup/seats/", seats.setup_seats, name="setup_seats"),
    path("organiser/editions/<slug:key>/setup/seats/edit/", seats.seat_edit, name="seat_edit"),
    path("organiser/editions/<slug:key>/setup/seats/remove/", seats.seat_remove, name="seat_remove"),
    path("organiser/editions/<slug:key>/setup/seats/offer/", seats.seat_offer, name="seat_offer"),
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
