import { DomainError } from '@assay/primitives';
import type { ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { ThrottlerLimitDetail } from '@nestjs/throttler';
import type { AuthenticatedRequest } from './principal';

/** Counts per API key, per user for tokens, and per address for public routes. Runs after the authentication. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    return context.getType() === 'http' ? super.canActivate(context) : true;
  }

  protected override getTracker(request: AuthenticatedRequest & { ip: string }): Promise<string> {
    const { principal, address = request.ip } = request;
    return Promise.resolve(principal ? `p:${principal.keyId ?? principal.userId}` : `ip:${address}`);
  }

  /** One budget per caller; routes with a limit of their own count apart. */
  protected override generateKey(context: ExecutionContext, tracker: string, name: string): string {
    const own = Reflect.getMetadataKeys(context.getHandler()).some((key) => String(key).startsWith('THROTTLER:LIMIT'));
    return own ? super.generateKey(context, tracker, name) : `${name}:${tracker}`;
  }

  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    const seconds = Math.max(1, Math.ceil(detail.timeToBlockExpire || detail.timeToExpire));
    throw new DomainError(
      'rate_limited',
      `requests must be at most ${detail.limit} a minute, try again in ${seconds} s`,
      {
        limit: detail.limit,
        retry_after_s: seconds,
      },
    );
  }
}
