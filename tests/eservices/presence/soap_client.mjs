// The npm package `soap` as a client that we did not write: all four operations, from our WSDL.
//
// Usage: node soap_client.mjs NODE_MODULES. It reads {wsdl, endpoint, key, certificate, item,
// period} as one JSON document from its standard input and prints what it was told.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const soap = createRequire(`${process.argv[2]}/`)("soap");
const asked = JSON.parse(readFileSync(0, "utf8"));
const client = await soap.createClientAsync(asked.wsdl);
client.setSecurity(
  new soap.WSSecurityCert(asked.key, asked.certificate, "", {
    hasTimeStamp: true,
    signatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  }),
);
const [registered] = await client.registerPresencesAsync({
  PresenceRegistrationRequest: [asked.item],
});
const { PresenceRegistrationId: id } =
  registered.PresenceRegistrationResponse[0].PresenceRegistration;
const [found] = await client.searchPresencesAsync({
  SearchPresenceRequest: {
    SearchPresenceRegistrationCriteria: {
      RegistrationPeriodList: { RegistrationPeriod: [asked.period] },
    },
  },
});
// An element within another of the same name: the package takes the inner one for the outer one
// and has to be told the namespace of what is in it.
const types = "http://socialsecurity.be/presenceregistration/schemas/v1";
const one = { ":PresenceRegistrationId": id, attributes: { xmlns: types } };
const [read] = await client.getPresenceRegistrationAsync({ GetPresenceRegistrationRequest: one });
const [cancelled] = await client.cancelPresencesAsync({
  CancelPresenceRequest: [{ PresenceRegistrationId: id, CancellationReason: "PLANNING" }],
});
let fault = "";
try {
  client.setSecurity(null);
  await client.getPresenceRegistrationAsync({ GetPresenceRegistrationRequest: one });
} catch (refusal) {
  fault = refusal.root.Envelope.Body.Fault.detail.SystemError.Code;
}
process.stdout.write(JSON.stringify({ id, found, read, cancelled, fault }));
