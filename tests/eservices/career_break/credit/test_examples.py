"""The worked examples of the law, each asked on the page of the simulator."""

from __future__ import annotations

from typing import Any

import pytest

from tests.eservices.career_break.credit.asking import answer, asked, before, verdicts

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
PL, MA, TC = "parental", "medical_assistance", "time_credit"
YES, NO, PERHAPS = "Yes", "No", "Yes, as far as is known"
CHILD = {"motive": "child"}

# What is asked, right, allowance (empty: not what the example is about), and what the page says.
EXAMPLES: list[tuple[str, dict[str, str], str, str, list[str]]] = [
    ("R1", asked(PL, "full", "24/02/2025", "23/03/2025"), YES, YES,
     ["3 months", "6 months", "15 months", "30 months"]),
    ("R3", asked(PL, "half", "01/09/2022", "30/04/2023"), YES, "", ["0 months"]),
    ("R4", asked(PL, "half", "01/03/2024", "30/06/2024"), YES, YES, ["2 months"]),
    ("R6", asked(PL, "half_flex", "01/09/2025", "30/11/2025", consent="yes"), YES, YES,
     ["2 months and 2 weeks", "5 months", "12 months", "25 months"]),
    ("R7", asked(PL, "fifth", "01/09/2025", "31/12/2025"), NO, NO, ["End on 31/01/2026"]),
    ("R9", asked(PL, "tenth", "01/09/2025", "30/06/2026", consent="yes"), YES, YES, ["3 months"]),
    ("R9 without consent", asked(PL, "tenth", "01/09/2025", "30/06/2026", consent="no"), NO, NO,
     []),
    ("R10", asked(PL, "full_flex", "06/10/2025", "19/10/2025", consent="yes"), YES, YES,
     ["3 months and 2 weeks"]),
    ("R12", asked(PL, "tenth", "01/01/2027", "30/06/2029", consent="yes")
     | before((PL, "full", "01/01/2026", "31/01/2026")), YES, YES, ["0 months"]),
    ("R13", asked(PL, "half", "01/01/2027", "28/02/2027") | before(
        (PL, "full", "01/01/2025", "28/02/2025"), (PL, "fifth", "01/03/2025", "31/12/2025")),
     NO, NO, []),
    ("R15", asked(PL, "full", "14/09/2025", "13/10/2025", child_born_on="2013-09-15"), YES, "", []),
    ("R15 on the birthday",
     asked(PL, "full", "15/09/2025", "14/10/2025", child_born_on="2013-09-15"), NO, NO, []),
    ("R16", asked(PL, "full", "14/09/2026", "13/10/2026", child_born_on="2005-09-15",
                  is_disabled="yes"), YES, "", []),
    ("R16 on the birthday", asked(PL, "full", "15/09/2026", "14/10/2026",
                                  child_born_on="2005-09-15", is_disabled="yes"), NO, NO, []),
    ("R18", asked(PL, "full", "01/09/2025", "30/09/2025"), YES, YES, ["01/06/2025", "01/07/2025"]),
    ("R21 a fifth", asked(PL, "fifth", "01/02/2025", "30/06/2025", contract_0="30"), NO, NO, []),
    ("R21 full", asked(PL, "full", "01/02/2025", "28/02/2025", contract_0="30"), YES, YES,
     ["819,57 €"]),
    ("R22 half", asked(PL, "half", "01/09/2025", "31/10/2025"), YES, "", ["19:00"]),
    ("R22 a fifth", asked(PL, "fifth", "01/09/2025", "31/01/2026"), YES, "", ["30:24"]),
    ("R22 a tenth", asked(PL, "tenth", "01/09/2025", "30/06/2026", consent="yes"), YES, "",
     ["34:12"]),
    ("R24", asked(MA, "half", "01/02/2026", "31/05/2026"), NO, NO, ["End on 30/04/2026"]),
    ("R25", asked(MA, "half", "01/02/2026", "30/04/2026"), YES, YES, ["21 months"]),
    ("R27 a fifth", asked(MA, "fifth", "01/02/2026", "30/04/2026", head_count="8"), YES, "",
     ["fewer than"]),
    ("R27 full", asked(MA, "full", "01/02/2026", "30/04/2026", head_count="8"), YES, YES, []),
    ("R28", asked(MA, "full", "01/01/2027", "31/01/2027", head_count="30") | before(
        (MA, "full", "01/01/2026", "31/03/2026"), (MA, "full", "01/04/2026", "30/06/2026")),
     YES, "", ["refuse"]),
    ("R30", asked("palliative", "full", "13/10/2025", "12/11/2025", notice_on="2025-10-08"),
     YES, YES, ["earliest on 13/10/2025"]),
    ("R31", asked("palliative", "full", "01/06/2026", "30/06/2026") | before(
        ("palliative", "full", "01/01/2026", "31/01/2026"),
        ("palliative", "full", "01/02/2026", "28/02/2026"),
        ("palliative", "full", "01/03/2026", "31/03/2026")), NO, NO, []),
    ("R33", asked("informal_carer", "half", "01/01/2026", "31/03/2026"), NO, NO,
     ["End on 28/02/2026", "End on 30/04/2026"]),
    ("R34 three months", asked(TC, "fifth", "01/03/2026", "31/05/2026", **CHILD), NO, NO,
     ["End on 31/08/2026"]),
    ("R34 six months", asked(TC, "fifth", "01/03/2026", "31/08/2026", **CHILD), YES, YES, []),
    ("R36", asked(TC, "full", "01/03/2026", "31/05/2026", child_born_on="2021-03-02", **CHILD),
     YES, YES, []),
    ("R36 a day later",
     asked(TC, "full", "02/03/2026", "01/06/2026", child_born_on="2021-03-02", **CHILD),
     YES, NO, []),
    ("R37", asked(TC, "full", "01/03/2026", "31/05/2026", child_born_on="2019-05-10", **CHILD),
     YES, NO, []),
    ("R37 without an agreement", asked(TC, "full", "01/03/2026", "31/05/2026", provides="no",
                                       child_born_on="2019-05-10", **CHILD), NO, NO, []),
    ("R39 an ill parent", asked(TC, "full", "01/01/2026", "31/03/2026", motive="ill_relative",
                                notice_on="2025-09-15", since="2023-03-15", same_hours="yes"),
     YES, YES, []),
    ("R39 a child", asked(TC, "full", "01/01/2026", "31/03/2026", notice_on="2025-09-15",
                          since="2023-03-15", **CHILD), YES, NO, []),
    ("R40", asked(TC, "full", "01/01/2026", "31/03/2027", **CHILD)
     | before((f"{TC}:training", "full", "01/01/2018", "31/12/2020")), YES, YES, ["0 months"]),
    ("R40 a month more", asked(TC, "full", "01/01/2026", "30/04/2027", **CHILD)
     | before((f"{TC}:training", "full", "01/01/2018", "31/12/2020")), NO, NO, []),
    ("R42 six months", asked(TC, "fifth", "01/01/2026", "30/06/2026", **CHILD)
     | before((f"{TC}:ill_child", "full", "01/01/2015", "31/10/2018")), NO, NO, []),
    ("R42 the balance", asked(TC, "fifth", "01/01/2026", "31/05/2026", **CHILD)
     | before((f"{TC}:ill_child", "full", "01/01/2015", "31/10/2018")), YES, YES, ["0 months"]),
    ("R43", asked(TC, "fifth", "01/03/2023", "31/10/2024", **CHILD)
     | before((f"{TC}:child", "full", "01/07/2020", "31/01/2023")), YES, YES, []),
    ("R45", asked(TC, "full", "01/01/2026", "31/12/2027", provides="", committee="200",
                  since="2022-12-01", **CHILD), YES, "", []),
    ("R45 a month more", asked(TC, "full", "01/01/2026", "31/01/2028", provides="",
                               committee="200", since="2022-12-01", **CHILD), NO, NO, []),
    ("R46 25 workers", asked(TC, "fifth", "01/03/2026", "31/08/2026", head_count="25", **CHILD),
     YES, YES, ["01/12/2025"]),
    ("R46 18 workers", asked(TC, "fifth", "01/03/2026", "31/08/2026", head_count="18", **CHILD),
     YES, YES, ["latest on 01/09/2025"]),
    ("R46 after palliative leave",
     asked(TC, "fifth", "01/03/2026", "31/08/2026", head_count="18", **CHILD) | before(
         ("palliative", "full", "01/12/2025", "31/12/2025"),
         ("palliative", "full", "01/01/2026", "31/01/2026"),
         ("palliative", "full", "01/02/2026", "28/02/2026")), YES, YES, ["latest on 15/02/2026"]),
    ("R51", asked("end_of_career", "fifth", "01/05/2026", notice_on="2026-01-10",
                  own_born_on="1969-12-01", exception="heavy_job", heavy_of_ten="5",
                  career_years="30", opens_exception="yes"), YES, YES, []),
    ("R51 without the sector", asked(
        "end_of_career", "fifth", "01/05/2026", notice_on="2026-01-10", own_born_on="1969-12-01",
        exception="heavy_job", heavy_of_ten="5", career_years="30", opens_exception="no"),
     NO, NO, []),
    ("R52", asked("end_of_career", "fifth", "01/03/2026", notice_on="2025-12-10",
                  own_born_on="1969-12-01", career_years="25"), YES, NO, []),
    ("R54", asked(PL, "full", "01/09/2025", "30/09/2025"), YES, YES, ["start 01/11/2025"]),
    ("R55", asked(PL, "full", "01/03/2026", "31/03/2026"), YES, YES, ["request from 01/09/2025"]),
    ("R57", asked(PL, "full", "01/02/2025", "28/02/2025"), YES, YES, ["1 038,12 €", "932,96 €"]),
    ("R58", asked(PL, "fifth", "01/02/2025", "30/06/2025", household="with_children",
                  youngest_born_on="2023-01-01"), YES, YES, ["353,72 €", "293,06 €"]),
    ("R60 six months", asked(TC, "fifth", "31/08/2025", count="6", **CHILD), YES, YES,
     ["28/02/2026"]),
    ("R60 a month", asked(PL, "full", "31/01/2025", count="1"), YES, YES, ["28/02/2025"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "right", "allowance", "says"),
    [pytest.param(*example[1:], id=example[0]) for example in EXAMPLES],
)
def test_an_example_of_the_law_asked_on_the_page(
    given: dict[str, Any], right: str, allowance: str, says: list[str]
) -> None:
    said = answer(given)

    absent, paid = verdicts(said)
    assert absent.startswith(right), said
    assert not allowance or paid.startswith(allowance), said
    for text in says:
        assert text in said, (text, said)
