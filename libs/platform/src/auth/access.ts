import { DomainError } from '@assay/primitives';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { clientAddress } from '../http/client-address';
import { rulesOf } from '../http/route-rules';
import { AuthService } from './auth.service';
import { comesByCookie, credentialOf } from './credentials';
import type { AuthenticatedRequest, Principal } from './principal';
import type { Scope } from './scopes';
import { hasScope } from './scopes';

export const DEFAULT_SCOPES = Symbol('DEFAULT_SCOPES');

/** Scopes of routes that declare none, for reading (GET, HEAD) and writing. */
export interface DefaultScopes {
  read: Scope;
  write: Scope;
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Decides about a request from its head alone, before a byte of its body is read. */
@Injectable()
export class Access {
  constructor(
    private readonly auth: AuthService,
    @Inject(DEFAULT_SCOPES) private readonly defaults: DefaultScopes,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * @returns the caller, undefined on an open route
   * @throws DomainError 401; 403 without a scope, or for a cookie that another site's page sends; 429 after too many wrong credentials
   */
  async admit(request: FastifyRequest & AuthenticatedRequest): Promise<Principal | undefined> {
    const { open, scopes } = rulesOf(request);
    if (open ? !isReading(request.method) : comesByCookie(request)) this.refuseForeignOrigin(request);
    request.admitted = true;
    request.address = clientAddress(request, this.config.secret);
    if (open) return undefined;
    const principal = await this.auth.authenticate(credentialOf(request), request.address);
    const needed = scopes ?? [isReading(request.method) ? this.defaults.read : this.defaults.write];
    const missing = needed.filter((scope) => !hasScope(principal.scopes, scope));
    if (missing.length > 0) {
      throw new DomainError('forbidden', `scope ${missing.join(', ')} is needed`, { missing_scopes: missing });
    }
    request.principal = principal;
    return principal;
  }

  /** A browser adds its cookie whoever wrote the page, and says which page it was. */
  private refuseForeignOrigin({ headers }: FastifyRequest): void {
    const { origin, host } = headers;
    if (origin === undefined && headers['sec-fetch-site'] !== 'cross-site') return;
    if (origin !== undefined && (hostOf(origin) === host || this.config.allowedOrigins.includes(origin))) return;
    throw new DomainError(
      'forbidden',
      `a request with a cookie must come from this service's own pages, its Origin was ${origin ?? 'another site'}; send a key or token in a header instead`,
    );
  }
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
