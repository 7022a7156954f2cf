// Signing in: OpenID Connect, authorization code with PKCE. Tokens live as long as the tab.

import * as oauth from "oauth4webapi";
import type { Config } from "./config.ts";

const TOKENS = "click-to-call.tokens";
const PENDING = "click-to-call.pending";
/** A token that ends within this is renewed first. */
const MARGIN_MS = 60_000;

interface Tokens {
  idToken: string;
  refreshToken?: string;
  email: string;
  /** Epoch milliseconds. */
  expires: number;
}

interface Pending {
  verifier: string;
  state: string;
  nonce: string;
}

/** The person has to sign in again. */
export class SignInExpired extends Error {}

export class Session {
  readonly #config: Config;
  readonly #client: oauth.Client;
  readonly #redirect = location.origin + location.pathname;
  readonly #insecure: { [oauth.allowInsecureRequests]?: true };
  #server: Promise<oauth.AuthorizationServer> | undefined;
  #tokens: Tokens | undefined;
  #renewal: Promise<Tokens> | undefined;

  constructor(config: Config) {
    this.#config = config;
    this.#client = { client_id: config.clientId };
    // http is for providers on this machine; browsers keep https pages from it anyway.
    this.#insecure = config.issuer.startsWith("http://") ? { [oauth.allowInsecureRequests]: true } : {};
    const kept = sessionStorage.getItem(TOKENS);
    this.#tokens = kept ? (JSON.parse(kept) as Tokens) : undefined;
  }

  get email(): string | undefined {
    return this.#tokens?.email;
  }

  /** Leaves for the provider's page. */
  async begin(): Promise<never> {
    const server = await this.#discovered();
    const pending: Pending = {
      verifier: oauth.generateRandomCodeVerifier(),
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
    };
    sessionStorage.setItem(PENDING, JSON.stringify(pending));
    const url = new URL(must(server.authorization_endpoint, "no authorization endpoint"));
    url.search = new URLSearchParams({
      client_id: this.#config.clientId,
      redirect_uri: this.#redirect,
      response_type: "code",
      scope: this.#config.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: "S256",
    }).toString();
    location.assign(url);
    return new Promise(() => {});
  }

  /** Takes what the provider sent back in the address, if that is where we come from. */
  async finish(): Promise<void> {
    const url = new URL(location.href);
    if (!url.searchParams.has("state")) return;
    const kept = sessionStorage.getItem(PENDING);
    sessionStorage.removeItem(PENDING);
    history.replaceState(null, "", this.#redirect);
    // Somebody came back by the history of the browser.
    if (!kept) return;
    const pending = JSON.parse(kept) as Pending;
    const server = await this.#discovered();
    const answer = oauth.validateAuthResponse(server, this.#client, url, pending.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      this.#client,
      oauth.None(),
      answer,
      this.#redirect,
      pending.verifier,
      this.#insecure,
    );
    const result = await oauth.processAuthorizationCodeResponse(server, this.#client, response, {
      expectedNonce: pending.nonce,
      requireIdToken: true,
    });
    this.#keep(result);
  }

  /** A token that is good for a while. */
  async token(): Promise<string> {
    if (!this.#tokens) throw new SignInExpired();
    if (this.#tokens.expires - Date.now() > MARGIN_MS) return this.#tokens.idToken;
    this.#renewal ??= this.#renew(this.#tokens).finally(() => (this.#renewal = undefined));
    return (await this.#renewal).idToken;
  }

  /** Forgets the tokens: they are not taken any more. */
  expire(): void {
    this.#tokens = undefined;
    sessionStorage.removeItem(TOKENS);
  }

  /** Signs out here and, where it can, at the provider. */
  async signOut(): Promise<void> {
    const hint = this.#tokens?.idToken;
    this.expire();
    const { end_session_endpoint } = await this.#discovered();
    if (!end_session_endpoint || !hint) return location.reload();
    const url = new URL(end_session_endpoint);
    url.searchParams.set("id_token_hint", hint);
    url.searchParams.set("client_id", this.#config.clientId);
    url.searchParams.set("post_logout_redirect_uri", this.#redirect);
    location.assign(url);
  }

  async #renew(old: Tokens): Promise<Tokens> {
    if (!old.refreshToken) {
      this.expire();
      throw new SignInExpired();
    }
    const server = await this.#discovered();
    const response = await oauth.refreshTokenGrantRequest(server, this.#client, oauth.None(), old.refreshToken, this.#insecure);
    try {
      return this.#keep(await oauth.processRefreshTokenResponse(server, this.#client, response), old);
    } catch (error) {
      console.warn("the sign-in was not renewed", error);
      this.expire();
      throw new SignInExpired();
    }
  }

  #keep(result: oauth.TokenEndpointResponse, old?: Tokens): Tokens {
    const claims = must(oauth.getValidatedIdTokenClaims(result), "no ID token");
    this.#tokens = {
      idToken: must(result.id_token, "no ID token"),
      refreshToken: result.refresh_token ?? old?.refreshToken,
      email: typeof claims.email === "string" ? claims.email : (old?.email ?? claims.sub),
      expires: claims.exp * 1000,
    };
    sessionStorage.setItem(TOKENS, JSON.stringify(this.#tokens));
    return this.#tokens;
  }

  #discovered(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(this.#config.issuer);
    this.#server ??= oauth
      .discoveryRequest(issuer, this.#insecure)
      .then((response) => oauth.processDiscoveryResponse(issuer, response));
    // The next attempt asks again.
    this.#server.catch(() => (this.#server = undefined));
    return this.#server;
  }
}

function must<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message);
  return value;
}
