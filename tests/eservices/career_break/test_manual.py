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
SCREENS: Final = {
    "overview": (
        "/career-break/",
        ("Écran d'aperçu", "Chercher par caractéristiques d'interruption", "Type d'interruption",
         "Régime", "Numéro de ticket", "Période à partir de", "jusqu'au", "Statut de la demande",
         "Chercher sur le travailleur", "Numéro de registre national",
         "Résultat : demandes", "Début", "Fin", "Introduction",
         "Bureau", "Avertissements à traiter"),
        ("Réinitialiser", "Rechercher"),
    ),
    "notice": (
        "/career-break/notices/{notice}/",
        ("Avertissement de votre travailleur", "Votre travailleur", "Numéro de ticket",
         "Interruption choisie", "à partir de", "Date de fin", "Vos pièces jointes",
         "Je suis d'accord pour que toutes les communications se fassent via mon e-Box",
         "Je certifie que toutes les données"),
        ("Postposer", "Valider et envoyer"),
    ),
    "parameters": (
        "/career-break/parameters/",
        ("Paramètres", "Nom (service/personne) *", "Prénom", "Numéro de téléphone", "GSM",
         "Adresse e-mail *", "Secteur public", "Secteur privé",
         "Les travailleurs peuvent m'envoyer des avertissements électroniques"),
        ("Sauvegarder",),
    ),
    "selection": (
        "/career-break/new/",
        ("Sélection d'un travailleur", "fichier du personnel Dimona", "Sélection manuelle",
         "Numéro de registre national *", "Code travailleur *", "Employé", "Ouvrier",
         "Commission paritaire *", "Adresse e-mail de contact du travailleur", _MANDATORY),
        ("Sélectionner",),
    ),
    "type": (
        "{draft}type/",
        ("Le travailleur voudrait interrompre (partiellement ou complètement) sa carrière *",
         "pour prendre un crédit-temps", "pour prendre un congé parental",
         "pour assister ou octroyer des soins à un membre de son ménage ou de sa famille "
         "gravement malade",
         "pour assister ou octroyer des soins à une personne souffrant d'une maladie incurable en "
         "phase terminale",
         "pour prendre un congé aidant proche", _MANDATORY,
         "Comment introduire une demande via la procédure papier ?"),
        ("Suivant",),
    ),
    "characteristics": (
        "{draft}characteristics/",
        ("Interruption complète", "Interruption complète avec flexibilisation",
         "Réduction à mi-temps", "Réduction à mi-temps avec flexibilisation", "Réduction d'1/5",
         "Réduction d'1/10", "En tant qu'employeur, vous pouvez marquer votre accord",
         "Date de début *", "Date de fin *", "Occupation chez plusieurs employeurs",
         "Commentaire", "Le travailleur m'a averti, par écrit, à la date du *", _MANDATORY),
        ("Précédent", "Suivant"),
    ),
    # "Confirmer" stands where nothing blocks: the walk of a request presses it.
    "confirmation": (
        "{draft}check/",
        ("Toute déclaration incorrecte peut entraîner des poursuites",
         "Je souhaite recevoir un e-mail de confirmation",
         "Je certifie que toutes les données", _MANDATORY),
        ("Précédent",),
    ),
    "receipt": (
        "/career-break/requests/{ticket}/receipt/",
        ("Accusé de réception", "Un numéro de ticket unique a été attribué pour cette demande",
         "Informations concernant l'interruption",
         "application web pour les citoyens"),
        (),
    ),
    "cancellation": (
        "/career-break/requests/{ticket}/cancel/",
        ("Toute déclaration incorrecte peut entraîner des poursuites",
         "Numéro unique de la communication encodée par votre employeur",
         "heures/semaine", "Je souhaite recevoir un e-mail de confirmation",
         "Je confirme vouloir annuler ma demande", _MANDATORY),
        ("Confirmer",),
    ),
    "attachments": (
        "/career-break/requests/{ticket}/attachments/",
        ("Pièces jointes", "d'une taille maximum de 2", "Autre", "200 caractères restants",
         "Appliquer les changements"),
        (),
    ),
    "modification": (
        "/career-break/requests/{ticket}/modify/",
        ("Modification d'une demande", "Type d'interruption", "Régime d'interruption",
         "Date de début", "Date de fin", "Temps contractuel", "Temps plein", "heures/semaine",
         "Numéro de ticket", "Commentaire", "Date d'avis", _MANDATORY),
        ("Confirmer",),
    ),
    "modification receipt": (
        "/career-break/requests/{ticket}/parts/{part}/",
        ("Accusé de réception", "Numéro de ticket unique de cette partie de demande",
         "Informations concernant l'interruption"),
        (),
    ),
    "consultation": (
        "/career-break/requests/{ticket}/",
        ("Informations concernant l'interruption", "Type d'interruption", "Régime d'interruption",
         "Temps contractuel", "Temps plein", "Numéro de ticket", "Date d'avis"),
        (),
    ),
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

    assert [text for text in texts if text not in shown] == []
    pressed = page.locator("main").locator("button, a, input[type=submit]")
    names = plain(" | ".join(pressed.all_inner_texts()))
    assert [name for name in buttons if name not in names] == []
    assert "pars l" not in shown


def test_the_menu_of_the_manual_stands_on_its_screens(go: Go) -> None:
    page = go("/career-break/requests/{ticket}/", locale="fr-BE")
    menu = plain(" ".join(page.get_by_role("navigation").all_inner_texts()))

    assert [name for name in MENU if name not in menu] == []
