"""Clients that we did not write call Checkin@Work's web service at a real server: zeep and soap."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
import xmlsec
import zeep
from lxml import etree
from zeep.wsse import utils
from zeep.wsse.signature import BinarySignature

from guichet.access.permissions import CHECKIN_AT_WORK
from guichet.access.signed_messages import WSU
from guichet.demo.fixtures import E1, E3, S2, W1
from tests.access.machine import Machine, pem, private_pem
from tests.database import REPOSITORY
from tests.doors import Machines, machines
from tests.live import live

__all__ = ["live", "machines"]
pytestmark = pytest.mark.slow
MODULES: Final = REPOSITORY / "assets" / "node_modules"
SCRIPT: Final = Path(__file__).with_name("soap_client.mjs")


class Stamped(BinarySignature):  # type: ignore[misc]  # zeep has no types
    """zeep's own signature, with the timestamp that it signs but never makes."""

    def apply(self, envelope: Any, headers: Any) -> Any:
        security = utils.get_security_header(envelope)
        stamp = etree.SubElement(security, f"{{{WSU}}}Timestamp")
        now = datetime.now(UTC)  # a client's own clock
        for name, moment in (("Created", now), ("Expires", now + timedelta(minutes=5))):
            etree.SubElement(stamp, f"{{{WSU}}}{name}").text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        return super().apply(envelope, headers)

    def verify(self, envelope: Any) -> Any:
        """Answers are not signed."""
        return envelope


@pytest.fixture
def today() -> str:
    now = datetime.now(ZoneInfo("Europe/Brussels"))  # the server's real day
    return now.date().isoformat()


@pytest.fixture
def caller(machines: Machines) -> Machine:
    machines.load_fixtures()
    return machines.channel(E1, permissions=[CHECKIN_AT_WORK])


def address(machines: Machines) -> str:
    return f"{machines.live.services}/PresenceRegistration/v1?wsdl"


def zeep_client(machines: Machines, caller: Machine, folder: Path) -> Any:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    key.write_bytes(private_pem(caller.key))
    certificate.write_bytes(pem(caller.certificate))
    signature = Stamped(
        str(key), str(certificate),
        signature_method=xmlsec.constants.TransformRsaSha256,
        digest_method=xmlsec.constants.TransformSha256,
    )  # fmt: skip
    return zeep.Client(address(machines), wsse=signature).service


def test_zeep_calls_all_four_operations(
    machines: Machines, caller: Machine, today: str, tmp_path: Path
) -> None:
    service = zeep_client(machines, caller, tmp_path)
    asked = {"INSS": W1, "CompanyID": int(E1), "WorkPlaceId": S2}

    [entry] = service.registerPresences(PresenceRegistrationRequest=[asked])
    made = entry.PresenceRegistration
    period = {"RegistrationPeriodStartDate": today, "RegistrationPeriodEndDate": today}
    criteria = {"INSS": W1, "RegistrationPeriodList": {"RegistrationPeriod": [period]}}
    found = service.searchPresences(
        SearchPresenceRequest={"SearchPresenceRegistrationCriteria": criteria}
    )
    number = made.PresenceRegistrationId
    read = service.getPresenceRegistration(
        GetPresenceRegistrationRequest={"PresenceRegistrationId": number}
    )
    [gone] = service.cancelPresences(
        CancelPresenceRequest=[{"PresenceRegistrationId": number, "CancellationReason": "DISEASE"}]
    )

    assert made.Channel == "WS"
    listed = found.PresenceRegistrationList.PresenceRegistration
    assert number in [one.PresenceRegistrationId for one in listed]
    shown = read.GetPresenceRegistrationType.PresenceRegistrationType
    assert shown.PresenceRegistrationConsultSubmitted.WorkPlaceId == S2
    assert gone.PresenceRegistration.LastValidation.Status == "SUCCESSFULLY CANCELLED"


def test_another_enterprise_and_an_unpermitted_channel_by_zeep(
    machines: Machines, caller: Machine, today: str, tmp_path: Path
) -> None:
    stranger = machines.channel(E3, permissions=[CHECKIN_AT_WORK])
    service = zeep_client(machines, stranger, tmp_path)
    period = {"RegistrationPeriodStartDate": today, "RegistrationPeriodEndDate": today}
    criteria = {"CompanyID": int(E1), "RegistrationPeriodList": {"RegistrationPeriod": [period]}}

    found = service.searchPresences(
        SearchPresenceRequest={"SearchPresenceRegistrationCriteria": criteria}
    )

    assert found.PresenceRegistrationList.PresenceRegistrationResultCount == 0
    closed = zeep_client(machines, machines.channel(E1), tmp_path)
    with pytest.raises(zeep.exceptions.Fault, match="SOA-01002"):
        closed.getPresenceRegistration(
            GetPresenceRegistrationRequest={"PresenceRegistrationId": 260302000000001}
        )


def test_the_node_package_soap_calls_all_four_operations(
    machines: Machines, caller: Machine, today: str
) -> None:
    node = shutil.which("node")
    assert node is not None, "no node here; the front-end packages need it too"
    asked = {
        "wsdl": address(machines),
        "key": private_pem(caller.key).decode(),
        "certificate": pem(caller.certificate).decode(),
        "item": {"INSS": W1, "CompanyID": int(E1), "WorkPlaceId": S2},
        "period": {"RegistrationPeriodStartDate": today, "RegistrationPeriodEndDate": today},
    }

    done = subprocess.run(
        [node, str(SCRIPT), str(MODULES)],
        input=json.dumps(asked), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    found = told["found"]["SearchPresencesResponseType"]["PresenceRegistrationList"]
    assert str(told["id"]) in json.dumps(found)
    [gone] = told["cancelled"]["CancelPresenceResponse"]
    last = gone["PresenceRegistration"]["LastValidation"]
    assert last["Status"] == "SUCCESSFULLY CANCELLED"
    assert "GetPresenceRegistrationType" in told["read"]["GetPresenceRegistrationResponseType"]
    assert told["fault"] == "SOA-01001"
