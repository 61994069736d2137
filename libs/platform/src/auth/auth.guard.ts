import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { currentOperation } from '@assay/persistence';
import { ProblemError } from '../problem';
import { AuthService } from './auth.service';
import { credentialOf } from './credentials';
import type { AuthenticatedRequest } from './principal';
import { PUBLIC, REQUIRED_SCOPES } from './principal';
import type { Scope } from './scopes';
import { hasScope } from './scopes';

export const DEFAULT_SCOPES = Symbol('DEFAULT_SCOPES');

/** Scopes of routes that declare none, for reading (GET, HEAD) and writing. */
export interface DefaultScopes {
  read: Scope;
  write: Scope;
}

/** Guards every route: closed unless `@Public()`. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly auth: AuthService,
    @Inject(DEFAULT_SCOPES) private readonly defaults: DefaultScopes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, places)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & AuthenticatedRequest>();
    const principal = await this.auth.authenticate(credentialOf(request));
    const { read, write } = this.defaults;
    const fallback = request.method === 'GET' || request.method === 'HEAD' ? [read] : [write];
    const needed = this.reflector.getAllAndOverride<Scope[] | undefined>(REQUIRED_SCOPES, places) ?? fallback;
    const missing = needed.filter((scope) => !hasScope(principal.scopes, scope));
    if (missing.length > 0) {
      throw new ProblemError('forbidden', `scope ${missing.join(', ')} is needed`, { missing_scopes: missing });
    }
    request.principal = principal;
    const operation = currentOperation();
    if (operation) operation.actor = principal.userId;
    return true;
  }
}
