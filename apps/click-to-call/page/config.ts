// What the page must know of its surroundings: config.json, beside it.

export interface Config {
  /** Where `dial` and `update` are, with a slash at its end. */
  apiUrl: string;
  /** The provider that people sign in at. */
  issuer: string;
  clientId: string;
  scope: string;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch("./config.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  const given = (await response.json()) as Partial<Config>;
  if (!given.apiUrl || !given.issuer || !given.clientId) throw new Error("config.json is incomplete");
  return {
    apiUrl: new URL(given.apiUrl.replace(/\/?$/, "/"), location.href).href,
    issuer: given.issuer,
    clientId: given.clientId,
    scope: given.scope ?? "openid email offline_access",
  };
}
