import { randomBytes } from 'node:crypto';
import { sha256Hex } from '@assay/primitives';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first recommendation for argon2id (the library's default algorithm): 19 MiB, 2 passes, 1 lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PREFIX_LENGTH = 10;

/** A new API key: `ak_` and 256 random bits. Shown once; only its hash is stored. */
export const newApiKey = (): string => `ak_${randomBytes(32).toString('base64url')}`;

/** A code that signs in once: 256 random bits, of which only the hash is stored. */
export const newSignInCode = (): string => randomBytes(32).toString('base64url');

export const hashSignInCode = (code: string): string => sha256Hex(`sign-in ${code}`);

export const hashApiKey = (key: string): string => sha256Hex(key);

export const keyPrefix = (key: string): string => key.slice(0, PREFIX_LENGTH);

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2);

let absent: Promise<string> | undefined;

/** Takes as long for a user who does not exist as for one who does. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  absent ??= hashPassword(randomBytes(16).toString('hex'));
  const matches = await verify(passwordHash ?? (await absent), password);
  return matches && Boolean(passwordHash);
}

interface Carrier {
  headers: Record<string, string | string[] | undefined>;
}

export const TOKEN_COOKIE = 'assay_token';

/** The credential of a request: `Authorization: Bearer`, `X-API-Key`, or the browser's cookie, in this order. */
export function credentialOf({ headers }: Carrier): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(String(headers.authorization ?? ''));
  if (bearer) return bearer[1];
  const apiKey = headers['x-api-key'];
  if (typeof apiKey === 'string' && apiKey !== '') return apiKey;
  return cookieOf({ headers });
}

/** Whether the credential is one that a browser adds by itself. */
export const comesByCookie = ({ headers }: Carrier): boolean =>
  credentialOf({ headers: { ...headers, cookie: undefined } }) === undefined && cookieOf({ headers }) !== undefined;

/** The token in the browser's cookie. */
export function cookieOf({ headers }: Carrier): string | undefined {
  const cookies = String(headers.cookie ?? '').split(/;\s*/);
  return cookies.find((cookie) => cookie.startsWith(`${TOKEN_COOKIE}=`))?.slice(TOKEN_COOKIE.length + 1);
}

export const looksLikeJwt = (credential: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential);
