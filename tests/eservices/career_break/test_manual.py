"""Each screen of the published manual, found here in French: fields, labels and buttons.

What the manual misprints is mended ("pars l'ONEM"); the table of docs/career-break-manual.md says
where each of its parts is.
"""

from __future__ import annotations

from typing import Final

import pytest

from tests.eservices.career_break.test_browser import Go, go, told
from tests.live_of_module import live

__all__ = ["go", "live", "told"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
_MANDATORY: Final = "Champs obligatoires"
# Each with its texts and then its buttons, in the order of the manual.
SCREENS: Final = {
    "public page": (
        "/services/career-break/",
        ("Dossier Interruption de carrière et crédit-temps", "Manuel", "pour introduire une "
         "demande d'interruption de carrière, de crédit-temps ou de congé thématique"),
        ("Introduire une demande",),
    ),
    "overview": (
        "/career-break/",
        ("Écran d'aperçu", "Chercher par caractéristiques d'interruption",
         "Type d'interruption *", "Assistance médicale", "Interruption de carrière", "Régime *",
         "Interruption complète", "Réduction à mi-temps", "Réduction d'1/3",
         "Numéro de ticket", "Période à partir de", "jj/mm/aaaa", "jusqu'à", "jj/mm/aaaa",
         "Statut de la demande *", "En attente d'info du travailleur",
         "En attente de traitement ONEM", "En cours de traitement par l'ONEM",
         "Clôturée par l'ONEM", "Annulée",
         "Chercher sur le travailleur", "Numéro de registre national (NISS)", "999999/999-99",
         "Sélectionner dans le fichier du personnel Dimona", "Réinitialiser", "Rechercher",
         "Résultat : demandes", "Nom", "NISS", "Numéro de ticket", "Bureau de l'ONEM",
         "Type d'interruption", "Régime", "Date de début", "Date de fin", "Date d'introduction",
         "Statut", "Avertissements à traiter", "3 résultats", "Nom", "NISS", "Numéro de ticket",
         "Bureau de l'ONEM", "Type d'interruption", "Régime", "Date de début", "Date de fin",
         "Date d'introduction", "Consulter"),
        ("Réinitialiser", "Rechercher", "Consulter"),
    ),
    "notice": (
        "/career-break/notices/{notice}/",
        ("Avertissement de votre travailleur", "Votre travailleur", "Numéro de ticket",
         "Interruption choisie", "à partir de", "Date de fin", "Postposer",
         "Vos pièces jointes", "Aucun enregistrement.",
         "Vous pouvez joindre un scan ou une photo lisible de chaque pièce jointe nécessaire à "
         "votre dossier sous forme d'un fichier de format PDF ou JPG d'une taille maximum de 2 Mo",
         "Choisir un fichier",
         "Je suis d'accord pour que toutes les communications se fassent via mon e-Box.",
         "Je certifie que toutes les données qui figurent sur ce formulaire sont exactes. Je "
         "m'engage à communiquer immédiatement chaque modification de ces données. *",
         "Valider et envoyer"),
        ("Postposer", "Valider et envoyer"),
    ),
    "notice that may be refused": (
        "/career-break/notices/{tenth}/",
        ("Avertissement de votre travailleur", "Je certifie que toutes les données", "Refuser",
         "Valider et envoyer"),
        ("Refuser", "Valider et envoyer"),
    ),
    "parameters": (
        "/career-break/parameters/",
        ("Paramètres", "Personne ou service de contact", "Nom (service/personne) *", "Prénom",
         "Numéro de téléphone", "GSM", "Adresse e-mail *", "Secteur",
         "Sélectionnez votre secteur *", "Secteur public", "Secteur privé",
         "Avertissements écrits électroniques",
         "Les travailleurs peuvent m'envoyer des avertissements électroniques", "Sauvegarder"),
        ("Sauvegarder",),
    ),
    "selection": (
        "/career-break/new/",
        ("Sélection d'un travailleur",
         "Votre société compte moins de 100 travailleurs, vous pouvez sélectionner un travailleur "
         "à l'aide du fichier Dimona ou de manière manuelle.",
         "Pour sélectionner un travailleur dans le fichier du personnel Dimona, cliquez ici.",
         "Sélection manuelle", "Numéro de registre national *", "Code travailleur *", "Employé",
         "Ouvrier", "Commission paritaire *", "Adresse e-mail de contact du travailleur",
         _MANDATORY, "Sélectionner"),
        ("Sélectionner",),
    ),
    "personnel": (
        "/career-break/personnel/",
        ("Fichier du personnel Dimona", "Choisir"),
        ("Choisir",),
    ),
    "type": (
        "{draft}type/",
        ("Introduire une nouvelle demande", "Ouvrier / Masculin", "121.00 : ",
         "Le travailleur voudrait interrompre (partiellement ou complètement) sa carrière *",
         "pour prendre un crédit-temps", "pour prendre un congé parental",
         "pour assister ou octroyer des soins à un membre de son ménage ou de sa famille "
         "gravement malade",
         "pour assister ou octroyer des soins à une personne souffrant d'une maladie incurable en "
         "phase terminale",
         "pour prendre un congé aidant proche", _MANDATORY, "Suivant",
         "Comment introduire une demande via la procédure papier ?"),
        ("Suivant",),
    ),
    "characteristics": (
        "{draft}characteristics/",
        ("Introduire une nouvelle demande", "Type de congé parental", "complet",
         "complet avec flexibilisation", "mi-temps", "mi-temps avec flexibilisation",
         "un cinquième-temps", "un dixième-temps",
         "En tant qu'employeur, vous pouvez marquer votre accord pour prendre :",
         "une interruption complète par périodes d'1 semaine ou d'un multiple d'1 semaine. Une "
         "semaine correspond à 7 jours calendrier consécutifs",
         "une réduction des prestations de travail à 1/2 temps pour une période d'1 mois ou d'un "
         "multiple d'1 mois.",
         "Période d'interruption", "Date de début *", "Date de fin *", "Régime normal de travail",
         "Avant cette demande de congé parental, le travailleur était occupé dans le cadre d'un "
         "contrat de travail de *", "h", "min", "par semaine",
         "Un horaire à temps plein s'élève à *",
         "Le régime de travail durant l'interruption sera de *",
         "Occupation chez plusieurs employeurs",
         "En cas d'interruption totale ou partielle auprès d'un seul employeur, le travailleur "
         "devra également transmettre à son bureau une « déclaration d'occupation » attestant ses "
         "prestations auprès de son (ses) autre(s) employeur(s)",
         "Commentaire", "200 caractères restants",
         "Le travailleur m'a averti, par écrit, à la date du *",
         "de son intention de réduire ses prestations.", _MANDATORY, "Précédent", "Suivant"),
        ("Précédent", "Suivant"),
    ),
    "reduction": (
        "{draft}reduction/",
        ("Existe-t-il un régime de réduction du temps de travail (R.T.T. ou équivalent)", "Non"),
        ("Précédent", "Suivant"),
    ),
    "confirmation": (
        "{ready}check/",
        ("Page de confirmation", "Mention légale",
         "Toute déclaration incorrecte peut entraîner des poursuites.",
         "La demande concerne un congé parental, interruption complète des prestations, du ",
         "Avant cette demande de congé parental, le travailleur était occupé dans le cadre d'un "
         "contrat de travail de 40:00", "Un horaire à temps plein s'élève à 40:00",
         "Le travailleur m'a averti, par écrit, à la date du ",
         "de son intention de réduire ses prestations.",
         "Existe-t-il un régime de réduction du temps de travail (R.T.T. ou équivalent) ? Non",
         "Je souhaite recevoir un e-mail de confirmation",
         "Je certifie que toutes les données qui figurent sur ce formulaire sont exactes. Je "
         "m'engage à communiquer immédiatement chaque modification de ces données. *",
         _MANDATORY, "Précédent", "Confirmer"),
        ("Précédent", "Confirmer"),
    ),
    "receipt": (
        "/career-break/requests/{ticket}/receipt/",
        ("Accusé de réception",
         "Un numéro de ticket unique a été attribué pour cette demande. Il sert à assurer le suivi "
         "de votre demande électronique : 04W-",
         "Informations concernant l'interruption",
         "La demande concerne un congé parental, interruption complète des prestations, du ",
         "Le travailleur doit par la suite compléter cette demande par le biais de l'application "
         "web pour les citoyens « Dossier Interruption de carrière et crédit-temps »."),
        (),
    ),
    "choice of a cancellation": (
        "/career-break/cancellation/", ("Annulation d'une demande", "Suivant"), ("Suivant",),
    ),
    "cancellation": (
        "/career-break/requests/{ticket}/cancel/",
        ("Confirmation : annulation d'interruption", "Mention légale",
         "Toute déclaration incorrecte peut entraîner des poursuites.",
         "La demande concerne l'annulation d'un congé parental, interruption complète des "
         "prestations, du ",
         "numéro unique de la communication encodée par votre employeur est : 04W-",
         "Avant cette demande d'interruption, le travailleur était occupé dans le cadre d'un "
         "contrat de travail de 40:00 heures/semaine",
         "Un horaire à temps plein s'élève à 40:00 heures/semaine",
         "Je souhaite recevoir un e-mail de confirmation",
         "Je confirme vouloir annuler ma demande. *", _MANDATORY, "Confirmer"),
        ("Confirmer",),
    ),
    "cancellation receipt": (
        "/career-break/requests/{cancelled}/parts/{cancellation}/",
        ("Accusé de réception : Annulation d'un congé parental",
         "Un numéro de ticket unique a été attribué pour cette demande. Il sert à assurer le suivi "
         "de votre demande électronique : 04W-",
         "Numéro de ticket unique de cette partie de demande : 04W-",
         "Informations concernant l'interruption",
         "La demande concerne l'annulation d'un congé parental, interruption complète des "
         "prestations, du "),
        (),
    ),
    "choice for attachments": (
        "/career-break/attachments/", ("Pièces jointes", "Suivant"), ("Suivant",),
    ),
    "attachments": (
        "/career-break/requests/{assistance}/attachments/",
        ("Pièces jointes", "Ouvrier / ", "121.00 : ",
         "La demande concerne un congé pour assistance médicale, interruption complète des "
         "prestations, du ", "Documents obligatoires", "Attestation médicale *",
         "Pièce jointe non reçue",
         "Vous pouvez joindre un scan ou une photo lisible de chaque pièce jointe nécessaire à "
         "votre dossier sous forme d'un fichier de format PDF ou JPG d'une taille maximum de 2 Mo",
         "Attestation médicale *", "Autre", "Veuillez donner une description de la pièce jointe *",
         "200 caractères restants", "Choisir un fichier",
         "Pour que vos pièces jointes soient prises en compte, vous devez appuyer sur « Appliquer "
         "les changements ».", "Appliquer les changements", _MANDATORY),
        ("Appliquer les changements",),
    ),
    "choice of a modification": (
        "/career-break/modification/", ("Modification d'une demande", "Suivant"), ("Suivant",),
    ),
    "modification": (
        "/career-break/requests/{ticket}/modify/",
        ("Modification d'une demande", "Type d'interruption", "Congé parental",
         "Régime d'interruption", "Temps complet", "Date de début d'interruption",
         "Date de fin d'interruption *", "Temps contractuel", "40:00 heures/semaine",
         "Temps plein", "40:00 heures/semaine", "Numéro de ticket", "Commentaire",
         "200 caractères restants", "Date d'avis", _MANDATORY, "Confirmer"),
        ("Confirmer",),
    ),
    "modification receipt": (
        "/career-break/requests/{ticket}/parts/{part}/",
        ("Accusé de réception : Modification de votre interruption",
         "Un numéro de ticket unique a été attribué pour cette demande. Il sert à assurer le suivi "
         "de votre demande électronique : 04W-",
         "Numéro de ticket unique de cette partie de demande : 04W-",
         "Informations concernant l'interruption",
         "La demande concerne la modification d'un congé parental, interruption complète des "
         "prestations, du "),
        (),
    ),
    "choice of a consultation": (
        "/career-break/consultation/", ("Consultation d'une demande", "Suivant"), ("Suivant",),
    ),
    "consultation": (
        "/career-break/requests/{ticket}/",
        ("Informations concernant l'interruption", "Type d'interruption", "Congé parental",
         "Régime d'interruption", "Temps complet", "Date de début d'interruption",
         "Date de fin d'interruption", "Temps contractuel", "40:00 heures/semaine", "Temps plein",
         "40:00 heures/semaine", "Numéro de ticket", "Date d'avis"),
        (),
    ),
    "paper procedure": ("/career-break/paper/", ("Procédure papier",), ()),
}  # fmt: skip
MENU: Final = ("Introduire une nouvelle demande", "Modification", "Annulation", "Pièces jointes",
               "Consultation", "Paramètres")  # fmt: skip


def plain(text: str | None) -> str:
    """Blanks and hard blanks are one, and so are the two apostrophes."""
    return " ".join((text or "").split()).replace("\u2019", "'")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_of_the_manual_has_its_fields_labels_and_buttons(go: Go, screen: str) -> None:
    place, texts, buttons = SCREENS[screen]
    page = go(place, locale="fr-BE")
    # Folded parts of a page are read too; blanks and hard blanks are one.
    shown = plain(page.locator("main").text_content())

    assert _lacking(shown, texts) == []
    pressed = page.locator("main").locator("button, a, input[type=submit]")
    names = plain(" | ".join(pressed.all_inner_texts()))
    assert [name for name in buttons if name not in names] == []
    assert "pars l" not in shown


def _lacking(shown: str, texts: tuple[str, ...]) -> list[str]:
    """The texts that do not stand on the page after the one before them."""
    found, at = [], 0
    for text in texts:
        here = shown.find(text, at)
        if here < 0:
            found.append(text)
        else:
            at = here + len(text.rstrip("* "))
    return found


def test_the_menu_of_the_manual_stands_on_its_screens(go: Go) -> None:
    page = go("/career-break/requests/{ticket}/", locale="fr-BE")
    menu = plain(" ".join(page.get_by_role("navigation").all_inner_texts()))

    assert [name for name in MENU if name not in menu] == []
