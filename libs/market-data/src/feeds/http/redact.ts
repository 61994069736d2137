const SHOWN = '[key]';
const SHORTEST_SECRET = 4;

/** A text for logs and errors in which no secret stands, neither as it is nor as it goes into a URL. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, encodeURIComponent(secret), new URLSearchParams({ k: secret }).toString().slice(2)])
    .sort((a, b) => b.length - a.length);
  return [...new Set(forms)].reduce((shown, form) => shown.replaceAll(form, SHOWN), text);
}

/** Scheme, host and path of an address: queries and user names hold keys. */
export function addressOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}
