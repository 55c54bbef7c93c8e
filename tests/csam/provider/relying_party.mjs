// A website of somebody else, with a library of somebody else (openid-client): it sends people to
// the provider, is called back, and believes what it is told only when every check holds.
//
// Usage: node relying_party.mjs NODE_MODULES. It prints one JSON document a line: first where it
// listens, then, once it has read {issuer, clientId, clientSecret, scope, acrValues} from its
// standard input, where to send the browser, and at last what it was told or why it refuses.

import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const library = pathToFileURL(`${process.argv[2]}/openid-client/build/index.js`).href;
const oidc = await import(library);
const say = (document) => process.stdout.write(`${JSON.stringify(document)}\n`);

let called;
const callback = new Promise((resolve) => (called = resolve));
const server = createServer((request, response) => {
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  if (!request.url.startsWith("/back")) {
    response.writeHead(404).end();
    return;
  }
  response.end('<!doctype html><html lang="en"><title>Party</title><h1>Somebody is back</h1>');
  called(request.url);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const own = `http://127.0.0.1:${server.address().port}`;
const redirectUri = `${own}/back`;
say({ redirectUri });

const { value } = await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next();
const told = JSON.parse(value);
try {
  const config = await oidc.discovery(
    new URL(told.issuer),
    told.clientId,
    { userinfo_signed_response_alg: "ES256", id_token_signed_response_alg: "ES256" },
    oidc.ClientSecretBasic(told.clientSecret),
    // Plain http is for this machine only; the second also verifies the signed userinfo.
    { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
  );
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const address = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: told.scope,
    acr_values: told.acrValues,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ui_locales: "en",
  });
  say({ authorize: address.href, serverMetadata: config.serverMetadata() });

  const back = new URL(await callback, own);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
  const tokens = await oidc.authorizationCodeGrant(config, back, checks);
  const claims = tokens.claims();
  const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  say({ claims, userinfo, tokenType: tokens.token_type, scope: tokens.scope });
} catch (fault) {
  say({ refused: fault.code ?? fault.name, error: fault.error ?? null, message: fault.message });
}
server.close();
server.closeAllConnections();
