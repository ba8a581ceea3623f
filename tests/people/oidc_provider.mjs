// A real OpenID provider on localhost for one test: `node oidc_provider.mjs REDIRECT_URI` prints its address.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [redirectUri] = process.argv.slice(2);
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "nestwerk",
        client_secret: "geheim-van-de-test-geheim-van-de-test",
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    cookies: { keys: ["koekjes-van-de-test"] },
    // A national number, as some organisations send along unasked.
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name", "rrn"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: async (context, sub) => ({
      accountId: sub,
      claims: async () => ({
        sub,
        email: sub,
        email_verified: !sub.startsWith("onbevestigd"),
        given_name: "Linde",
        family_name: "Vandenbos",
        rrn: "85073003328",
      }),
    }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
