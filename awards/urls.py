"""Every address of the product, floor by floor."""

from django.urls import include, path

from awards.views import account, pages

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("account/", account.account_page, name="account_page"),
    path("language/", pages.language, name="set_language"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("", include("nominees.urls")),
    path("", include("criteria.urls")),
    path("", include("reports.urls")),
]
