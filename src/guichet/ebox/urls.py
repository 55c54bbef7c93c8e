"""Pages of the e-Box."""

from django.urls import path

from guichet.ebox.views import folders, holder, lists, messages, programs, searches

app_name = "ebox"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("messages.csv", lists.export, name="export"),
    path("do/", lists.carry_out, name="do"),
    path("activation/", holder.activation, name="activation"),
    path("confirmation/", holder.confirmation, name="confirmation"),
    path("preferences/", holder.preferences, name="preferences"),
    path("address/", holder.address, name="address"),
    path("withdraw/", holder.withdraw, name="withdraw"),
    path("programs/", programs.listed, name="programs"),
    path("programs/allow/", programs.allow, name="allow-program"),
    path("programs/<int:number>/withdraw/", programs.withdraw, name="withdraw-program"),
    path("folders/", folders.listed, name="folders"),
    path("folders/<int:folder>/", folders.readers, name="readers"),
    path("folders/<int:folder>/remove/", folders.remove, name="remove-folder"),
    path("searches/", searches.keep, name="keep-search"),
    path("searches/<int:number>/remove/", searches.forget, name="forget-search"),
    path("messages/<uuid:message>/reply/", messages.reply, name="reply"),
    path("messages/<uuid:message>/", messages.detail, name="message"),
    path("messages/<uuid:message>/documents/<uuid:document>/", messages.document, name="document"),
]
