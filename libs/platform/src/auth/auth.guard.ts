import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { unauthenticated } from './auth.service';
import type { AuthenticatedRequest } from './principal';

/** The hooks of the server decide who may come in; a request that has not been through them goes no further. */
@Injectable()
export class AuthGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    if (context.switchToHttp().getRequest<AuthenticatedRequest>().admitted) return true;
    throw unauthenticated();
  }
}
