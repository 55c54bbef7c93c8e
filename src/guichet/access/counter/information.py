"""What each service is, for whom, by when and with what: the text of its page, in plain values.

In our own words; the law decides. ``sources`` names the texts on which the sentences rest.
Whoever changes a sentence brings `UPDATED_ON` up to date.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

UPDATED_ON: Final = date(2026, 11, 27)


@dataclass(frozen=True, slots=True)
class Information:
    """The text of one page: sentences in the language of the reader, in their order.

    ``notices``: what stands before all else; ``duty``: a heading over where to read more.
    """

    audience: tuple[Any, ...]
    what: tuple[Any, ...]
    who_must: tuple[Any, ...]
    deadlines: tuple[Any, ...]
    afterwards: tuple[Any, ...] = ()
    needs: tuple[Any, ...] = ()
    sources: tuple[Any, ...] = ()
    notices: tuple[Any, ...] = ()
    duty: Any = ""


INFORMATION: Final[dict[str, Information]] = {
    "presence": Information(
        audience=(
            _("workers, self-employed persons, temp workers and trainees of the cleaning sector"),
            _("employers, contractors and principals"),
        ),
        what=(
            _(
                "Whoever cleans a building for somebody else registers the start, the breaks "
                "and the end of the work, at the place itself and at that moment."
            ),
            _(
                "Workers see their own registrations here. Employers see those of their staff "
                "and follow the remarks."
            ),
        ),
        who_must=(
            _(
                "Each person who does the work registers for himself. The employer gives him "
                "the means to do so and explains how it is done."
            ),
            _(
                "The contractor sees to it that his subcontractors and their workers are "
                "registered too."
            ),
        ),
        deadlines=(
            _("A registration is made at the moment itself; after ten minutes it is refused."),
            _(
                "A mistake is reported within 30 days of the registration: by the worker to "
                "his employer, by the employer or the self-employed person to the NSSO."
            ),
        ),
        afterwards=(
            _(
                "A registration exists once it has a receipt number. Keep it: it proves that "
                "you registered."
            ),
        ),
        needs=(
            _(
                "the number of the site, from the declaration of works or from the poster at "
                "the place of work"
            ),
        ),
        sources=(_("Act of 27 June 1969, art. 30bis, § 9"),),
    ),
    "checkinatwork": Information(
        audience=(
            _("contractors on construction sites"),
            _("enterprises of the meat sector"),
        ),
        what=(
            _(
                "The presence of each person on a construction site, or in an enterprise of "
                "the meat sector, is registered once a day for each site."
            ),
        ),
        who_must=(
            _(
                "The employer registers his workers, or has them register themselves. "
                "Self-employed persons register too."
            ),
        ),
        deadlines=(
            _(
                "A presence is registered before the work of that day begins, never for a day "
                "that is over."
            ),
            _("It can be cancelled until the end of the day concerned."),
        ),
        needs=(_("the numbers of the persons (NISS) or of their Limosa declarations"),),
        sources=(
            _("Act of 4 August 1996, art. 31bis and following; programme act of 10 August 2015"),
        ),
    ),
    "interim": Information(
        audience=(_("temp workers"),),
        what=(
            _(
                "You see the relations that temp agencies declared for you, of last year, this "
                "year and next year, in a calendar or a list, by date, type, temp agency and "
                "user company."
            ),
            _(
                "You check that you were declared to social security, and for the right user "
                "company: the one where you go to work."
            ),
            _(
                "You take your relations along as a printable overview (PDF): downloaded, by a "
                "link in a mail or in your e-Box."
            ),
            _(
                "The declaration of the agency (Dimona) attests a relation between the agency "
                "and you. A relation is not a contract and does not replace one in any way."
            ),
        ),
        who_must=(
            _(
                "You need to do nothing: the agency declares. You only look, and tell the "
                "agency when something is wrong."
            ),
        ),
        deadlines=(
            _(
                "The agency declares before you begin to work. When it does so too late or not "
                "at all, you risk allowances that come late or not at all."
            ),
            _(
                "You sign your contract before you begin: the declaration does not replace the "
                "signature."
            ),
        ),
        sources=(_("Royal Decree of 5 November 2002 on Dimona"),),
    ),
    "career-break": Information(
        audience=(
            _("employers"),
            _("workers, for their own dossier"),
        ),
        what=(
            _(
                "Employer: sign in to the online service “Career break and time credit dossier” "
                "to submit a request for a career break, a time credit or a thematic leave for "
                "your worker."
            ),
            _(
                "The worker and the employer each complete their part of a request for career "
                "break, time credit or thematic leave. Both follow it here until the decision "
                "of the National Employment Office (ONEM, RVA)."
            ),
        ),
        who_must=(
            _(
                "The worker notifies his employer in writing first. Then the employer sends his "
                "part of the request, and the worker completes it."
            ),
        ),
        deadlines=(
            _("A request can be sent from six months before the start."),
            _(
                "The complete request is received within two months, counted from the day "
                "after the start; later, the allowance begins on the day of receipt."
            ),
        ),
        afterwards=(_("You follow the state of the request here: who must act, and until when."),),
        needs=(
            _("the date of the written notice, and the documents that the kind of leave asks for"),
        ),
        sources=(_("Collective agreement no. 103; Royal Decree of 12 December 2001"),),
    ),
    "temporary-unemployment": Information(
        audience=(
            _("employers of the NSSO"),
            _("provincial and local administrations (formerly ONSSAPL)"),
            _("workers, for their own control card"),
        ),
        what=(
            _(
                "You tell the National Employment Office (ONEM, RVA) that the contracts of "
                "workers are suspended for a time, and you read its decisions."
            ),
            _(
                "A “temporarily unemployed person” is “the worker bound by an employment contract "
                "whose execution is suspended for a time, either wholly or in part”."
            ),
            _(
                "When the worker is deprived of remuneration during these suspensions, he can "
                "claim unemployment benefits as a temporarily unemployed person."
            ),
            _(
                "Worker: fill in and send your control card each month, and see what your "
                "employers communicated about you."
            ),
        ),
        who_must=(
            _(
                "The employer communicates, and only electronically. For annual closure, "
                "medical force majeure and protected workers no communication is needed."
            ),
        ),
        deadlines=(
            _(
                "Lack of work for economic reasons, workers: at least seven calendar days "
                "before, the day of the notice not counted, to the workers and to the ONEM on "
                "the same day."
            ),
            _(
                "First effective day of each month: from the fifth working day before to the "
                "working day after it; for bad weather and technical accident from the "
                "working day before."
            ),
        ),
        notices=(
            _(
                "Employers who use the application “Temporary unemployment” can read the "
                "decision of the ONEM inside this application."
            ),
            _(
                "The decisions are available the day after the ONEM took them. They can be read "
                "as .pdf documents."
            ),
            _(
                "Declarants who send communications of “Temporary unemployment” by structured "
                "electronic messages receive the final decision of the ONEM by that same way."
            ),
        ),
        duty=_("The communication of temporary unemployment is compulsorily electronic"),
        needs=(_("the workers concerned, the days, the reason and the establishment unit"),),
        sources=(_("Act of 3 July 1978, art. 26, 28, 49 to 51 and 77/1 to 77/7"),),
    ),
    "dimona": Information(
        audience=(_("every employer, and whoever declares for him"),),
        what=(
            _(
                "With Dimona an employer announces at once that somebody starts or stops "
                "working for him. Social security then knows the employment the same day."
            ),
        ),
        who_must=(
            _(
                "Each employer, of the private and of the public sector, for each worker, "
                "students and temp workers included."
            ),
        ),
        deadlines=(
            _("Start: at the latest when the worker begins."),
            _("End: at the latest the first working day after it."),
        ),
        needs=(_("the number of the worker (NISS), the joint committee and the kind of worker"),),
        sources=(_("Royal Decree of 5 November 2002 on Dimona"),),
    ),
    "limosa": Information(
        audience=(_("employers abroad, who declares for them, self-employed people from abroad"),),
        what=(
            _(
                "Who comes from abroad to work in Belgium for a time is declared. The declaration "
                "gives a number and an L1 with a QR code, which fills in the worker and his "
                "employer where presences are registered."
            ),
        ),
        who_must=(
            _(
                "The employer abroad for each worker, and in construction, meat and cleaning the "
                "self-employed person himself. The client in Belgium asks to see the L1."
            ),
        ),
        deadlines=(_("Before the work begins; a declaration covers twelve months at most."),),
        needs=(
            _(
                "the worker, the enterprise number of the client, the places, the days, the "
                "schedule, a person of contact in Belgium"
            ),
        ),
        sources=(_("Programme Act (I) of 27 December 2006, articles 137 to 167"),),
    ),
    "works": Information(
        audience=(_("contractors who have a contract with the principal"),),
        what=(
            _(
                "The contractor declares the works, the places and everybody who takes part. "
                "The declaration gives each place its site number, with which presences are "
                "registered."
            ),
        ),
        who_must=(
            _(
                "The contractor with whom the principal made the contract. Each subcontractor "
                "tells him in writing, beforehand, whom he uses himself."
            ),
        ),
        deadlines=(
            _("Before the works begin; works with asbestos at least 14 days before."),
            _("A subcontractor is added before he begins."),
        ),
        needs=(
            _(
                "the addresses, the dates, the amount without VAT, the enterprise numbers of "
                "those who take part"
            ),
        ),
        sources=(_("Act of 27 June 1969, art. 30bis and 30ter"),),
    ),
    "ebox": Information(
        audience=(
            _("citizens"),
            _("enterprises"),
        ),
        what=(
            _(
                "Official messages and documents arrive here, safely and once. They count as "
                "much as a letter on paper."
            ),
        ),
        who_must=(
            _(
                "Nobody has to, as a citizen: you choose it, and you can withdraw your "
                "choice. For an enterprise the access manager decides who reads."
            ),
        ),
        deadlines=(
            _("A message stays as long as its sender decided; you are warned before it goes."),
        ),
        needs=(_("an e-mail address, to hear that something has arrived"),),
        sources=(_("Act of 27 February 2019 on the eBox; Royal Decree of 25 December 2023"),),
    ),
    "chaman": Information(
        audience=(_("employers and service providers whose software sends by itself"),),
        what=(
            _(
                "Here you let your own software call in the name of your enterprise: you "
                "create the sender, upload the certificate, and tick what the channel may do."
            ),
        ),
        who_must=(
            _(
                "Nobody has to. Whoever sends structured messages or calls the web services "
                "needs it."
            ),
        ),
        deadlines=(
            _("A certificate is renewed before it ends; you are warned 60, 30 and 7 days before."),
        ),
        needs=(
            _(
                "an X.509 certificate in the name of the enterprise, RSA of 2048 bits or "
                "more; its private key stays with you"
            ),
        ),
    ),
    "mandates": Information(
        audience=(
            _("employers who let a provider act for them"),
            _("social secretariats and other service providers"),
        ),
        what=(
            _(
                "With a mandate an employer lets a provider of social services act for him, "
                "for one or more services."
            ),
        ),
        who_must=(
            _(
                "The legal representative of the employer names the provider; both sign the "
                "mandate."
            ),
        ),
        deadlines=(
            _("A mandate begins, and passes to another provider, with a quarter."),
            _("The provider tells the NSSO within 15 days that a client ended the relation."),
        ),
        needs=(_("the enterprise number of the provider"),),
    ),
}
