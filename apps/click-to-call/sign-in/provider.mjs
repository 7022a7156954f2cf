// A sign-in for development: OpenID Connect with e-mail and password, everything on this machine.
//
// In production the page and the node take any provider's `issuer` in its place; nothing else knows this one.

import { createPrivateKey, generateKeyPairSync, randomBytes } from "node:crypto";
import http from "node:http";
import { interactionPolicy, Provider } from "oidc-provider";
import { Accounts } from "./accounts.mjs";
import { signInPage } from "./pages.mjs";

/** Starts it; resolves once it listens. `close()` ends it. */
export async function startProvider({ host = "127.0.0.1", port, pageUrl, clientId, file, allowedDomain = "", minutes = 60 }) {
  const accounts = new Accounts(file, allowedDomain);
  const issuer = `http://${host}:${port}`;
  const key = signingKey();
  const policy = interactionPolicy.base();
  policy.remove("consent");
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_name: "Click to call",
        token_endpoint_auth_method: "none", // A page keeps no secret: PKCE is its proof.
        application_type: "native", // Allows http on this machine.
        redirect_uris: [pageUrl],
        post_logout_redirect_uris: [pageUrl],
        grant_types: ["authorization_code", "refresh_token"],
      },
    ],
    jwks: { keys: [{ ...key, use: "sig", alg: "RS256" }] },
    cookies: { keys: [randomBytes(32).toString("base64url")] },
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    // The ID token is what the routes are opened with, so the e-mail stands in it.
    conformIdTokenClaims: false,
    clientBasedCORS: () => true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    ttl: {
      IdToken: minutes * 60,
      AccessToken: minutes * 60,
      AuthorizationCode: 60,
      Interaction: 3600,
      RefreshToken: 12 * 3600,
      Session: 12 * 3600,
      Grant: 12 * 3600,
    },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource } },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}`, policy },
    findAccount: (_ctx, id) => accounts.byId(id),
    // It is our own page: whoever signs in has agreed.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid email offline_access");
      await grant.save();
      return grant;
    },
    renderError: async (ctx, out) => {
      ctx.type = "html";
      ctx.body = signInPage({ error: out.error_description ?? out.error, broken: pageUrl });
    },
  });
  provider.use((ctx, next) => interactions(provider, accounts, ctx, next));

  const server = http.createServer(provider.callback());
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return {
    issuer,
    close: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}

/**
 * By way of DER: Node 20 locks a key while it exports it as JWK, and a garbage collection then, of the job that
 * made the very same key object, waits for that lock for ever.
 */
function signingKey() {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  return createPrivateKey({ key: privateKey, type: "pkcs8", format: "der" }).export({ format: "jwk" });
}

/** GET and POST /sign-in/<interaction>: the form, and what was typed. */
async function interactions(provider, accounts, ctx, next) {
  const found = /^\/sign-in\/[\w-]+$/.exec(ctx.path);
  if (!found) return next();
  ctx.type = "html";
  ctx.set("Cache-Control", "no-store");
  ctx.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  try {
    await provider.interactionDetails(ctx.req, ctx.res);
  } catch {
    ctx.status = 400;
    ctx.body = signInPage({ error: "This sign-in took too long. Go back to the page and begin again." });
    return;
  }
  const creates = ctx.query.new !== undefined;
  if (ctx.method !== "POST") {
    ctx.body = signInPage({ creates, domain: accounts.allowedDomain });
    return;
  }
  const form = await formOf(ctx.req);
  const email = (form.get("email") ?? "").trim();
  const password = form.get("password") ?? "";
  const outcome = creates ? await accounts.create(email, password) : await accounts.check(email, password);
  if (outcome.error) {
    ctx.status = 422;
    ctx.body = signInPage({ creates, email, error: outcome.error, domain: accounts.allowedDomain });
    return;
  }
  await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: outcome.id } });
  ctx.respond = false;
}

async function formOf(request) {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 10_000) throw new Error("too much");
  }
  return new URLSearchParams(text);
}

async function logoutSource(ctx, form) {
  // Signing out needs no second question: the form sends itself.
  ctx.type = "html";
  const filled = form.replace("</form>", '<input type="hidden" name="logout" value="yes"/></form>');
  ctx.body = `<!doctype html><title>Signing out</title>${filled}<script>document.forms[0].submit()</script>`;
}

async function postLogoutSuccessSource(ctx) {
  ctx.type = "html";
  ctx.body = signInPage({ error: "You are signed out." });
}
