import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { derivedKey, Seal } from '@assay/platform';

export interface Session {
  /** Names the session; what its CSRF token is made of. */
  id: string;
  /** Access token of the services. */
  token: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

interface Headers {
  [name: string]: string | string[] | undefined;
}

/**
 * Sessions that lie in the browser's cookie alone, sealed: no script reads them, a restart keeps them, and there is nothing to store. What
 * ends one is the end of its token, which the services judge at every request.
 */
export class Sessions {
  readonly cookieName: string;
  private readonly seal: Seal;
  private readonly csrfKey: Buffer;

  /** @param port browsers keep the cookies of a host together, whatever the port: two installations have two names */
  constructor(secret: string, port: number) {
    this.cookieName = `assay_session_${port}`;
    this.seal = new Seal(secret, 'web session');
    this.csrfKey = derivedKey(secret, 'web csrf');
  }

  begin(token: string, seconds: number, now = Date.now()): Session {
    return { id: randomBytes(16).toString('base64url'), token, expiresAt: Math.floor(now / 1_000) + seconds };
  }

  cookie(session: Session, isSecure: boolean, now = Date.now()): string {
    const value = this.seal.seal(JSON.stringify(session)).toString('base64url');
    return this.cookieText(value, Math.max(0, session.expiresAt - Math.floor(now / 1_000)), isSecure);
  }

  endCookie(isSecure: boolean): string {
    return this.cookieText('', 0, isSecure);
  }

  /** `none` without a cookie, `expired` for one that is over or was not sealed here. */
  of(headers: Headers, now = Date.now()): Session | 'none' | 'expired' {
    const start = `${this.cookieName}=`;
    const found = String(headers.cookie ?? '')
      .split(/;\s*/)
      .find((one) => one.startsWith(start));
    if (found === undefined || found === start) return 'none';
    const text = this.seal.open(Buffer.from(found.slice(start.length), 'base64url'));
    if (text === null) return 'expired';
    const session = JSON.parse(text) as Session;
    return session.expiresAt * 1_000 > now ? session : 'expired';
  }

  csrfToken({ id }: Session): string {
    return createHmac('sha256', this.csrfKey).update(id).digest('base64url');
  }

  isCsrfToken(session: Session, given: unknown): boolean {
    if (typeof given !== 'string') return false;
    const [sent, right] = [Buffer.from(given), Buffer.from(this.csrfToken(session))];
    return sent.length === right.length && timingSafeEqual(sent, right);
  }

  private cookieText(value: string, seconds: number, isSecure: boolean): string {
    return `${this.cookieName}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`;
  }
}
