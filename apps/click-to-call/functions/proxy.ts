// What an HTTP route hands to a function, and what it takes back: API Gateway's Lambda proxy integration.

export interface ProxyEvent {
  body: string | null;
  requestContext: { authorizer?: { claims?: Record<string, string> } };
}

export interface ProxyResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

const HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "*",
  "Access-Control-Allow-Methods": "POST, OPTIONS",
};

export function json(statusCode: number, value: unknown): ProxyResult {
  return { statusCode, headers: { ...HEADERS, "Content-Type": "application/json" }, body: JSON.stringify(value) };
}

/** A refusal, for people to read. */
export function text(statusCode: number, body: string): ProxyResult {
  return { statusCode, headers: { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" }, body };
}

/** The body of a request: an object, whatever was sent. */
export function parsed(event: ProxyEvent): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(event.body ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
