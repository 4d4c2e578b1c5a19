"""Every address of the product, floor by floor."""

from django.urls import include, path

from awards.views import pages

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("language/", pages.language, name="set_language"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("", include("nominees.urls")),
    path("", include("criteria.urls")),
    path("", include("reports.urls")),
]
