"""What requests for career breaks tell the software of an enterprise."""

from typing import Final

from django.utils.translation import gettext_lazy

from guichet.access.webhooks import kinds

FILED: Final = "careerBreak.request.filed"
MODIFIED: Final = "careerBreak.request.modified"
CANCELLED: Final = "careerBreak.request.cancelled"
WITHDRAWN: Final = "careerBreak.request.withdrawn"
EXPIRED: Final = "careerBreak.request.expired"
COMPLETED: Final = "careerBreak.request.completed"
TAKEN: Final = "careerBreak.request.taken"
CLOSED: Final = "careerBreak.request.closed"
REOPENED: Final = "careerBreak.request.reopened"
NOTICE_SENT: Final = "careerBreak.notice.sent"
NOTICE_WITHDRAWN: Final = "careerBreak.notice.withdrawn"
NOTICE_AGREED: Final = "careerBreak.notice.agreed"
NOTICE_RENOUNCED: Final = "careerBreak.notice.renounced"
NOTICE_DEEMED: Final = "careerBreak.notice.deemedAccepted"
NOTICE_LAPSED: Final = "careerBreak.notice.lapsed"

kinds.register(
    {
        FILED: gettext_lazy("Career break: a request was filed"),
        MODIFIED: gettext_lazy("Career break: the end of a request was changed"),
        CANCELLED: gettext_lazy("Career break: the employer cancelled a request"),
        WITHDRAWN: gettext_lazy("Career break: the worker withdrew a request"),
        EXPIRED: gettext_lazy("Career break: a request expired"),
        COMPLETED: gettext_lazy("Career break: the worker completed his part"),
        TAKEN: gettext_lazy("Career break: ONEM began to handle a file"),
        CLOSED: gettext_lazy("Career break: ONEM closed a file"),
        REOPENED: gettext_lazy("Career break: ONEM looks at a file again"),
        NOTICE_SENT: gettext_lazy("Career break: a worker sent a notice"),
        NOTICE_WITHDRAWN: gettext_lazy("Career break: a worker withdrew a notice"),
        NOTICE_AGREED: gettext_lazy("Career break: the new date of a leave is agreed"),
        NOTICE_RENOUNCED: gettext_lazy("Career break: a worker renounced a postponed leave"),
        NOTICE_DEEMED: gettext_lazy("Career break: a notice is deemed accepted"),
        NOTICE_LAPSED: gettext_lazy("Career break: a notice lapsed without an answer"),
    }
)
