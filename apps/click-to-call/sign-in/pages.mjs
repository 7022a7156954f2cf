// The pages of the sign-in. No script, no picture from elsewhere, works on a phone.

import { readFileSync } from "node:fs";

const icon = `data:image/svg+xml;base64,${readFileSync(new URL("../page/icon.svg", import.meta.url)).toString("base64")}`;
const style = readFileSync(new URL("sign-in.css", import.meta.url), "utf8");

export function signInPage({ creates = false, email = "", error, domain = "", broken }) {
  const title = creates ? "Create an account" : "Sign in";
  const form = `
    <form method="post" novalidate>
      <label for="email">E-mail</label>
      <input id="email" name="email" type="email" autocomplete="username" required autofocus value="${escaped(email)}"
        placeholder="you@${escaped(domain || "example.com")}"${error ? ' aria-describedby="error"' : ""}>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="${creates ? "new-password" : "current-password"}"
        required minlength="8"${creates ? ' placeholder="at least eight characters"' : ""}>
      <button>${creates ? "Create and sign in" : "Sign in"}</button>
    </form>
    <p class="other">${
      creates
        ? `You have an account? <a href="?">Sign in</a>`
        : `New here? <a href="?new">Create an account</a>${domain ? ` with an address of ${escaped(domain)}` : ""}`
    }</p>`;
  // A page without a form is the end of the way.
  const dead = broken !== undefined || (error !== undefined && !email && /signed out|too long/.test(error));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${dead ? "Click to call" : title} · Click to call</title>
<link rel="icon" href="${icon}">
<style>${style}</style>
</head>
<body>
<main>
  <img src="${icon}" alt="" width="56" height="56">
  <h1>${dead ? "Click to call" : title}</h1>
  ${error ? `<p id="error" class="error" role="alert">${escaped(error)}</p>` : ""}
  ${dead ? (broken ? `<p class="other"><a href="${escaped(broken)}">Back to the page</a></p>` : "") : form}
  <p class="note">Development sign-in: accounts stay on this machine.</p>
</main>
</body>
</html>
`;
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
