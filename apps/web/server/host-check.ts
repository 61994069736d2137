import { DomainError } from '@assay/primitives';
import type { FastifyRequest } from 'fastify';

const nameOf = (host: string): string => host.replace(/:\d+$/, '');

/**
 * A browser that another site's name was bent to this address (DNS rebinding) sends that name: it is told nothing.
 * @throws DomainError `misdirected`
 */
export function refuseForeignHost({ headers }: FastifyRequest, allowed: readonly string[]): void {
  const host = (headers.host ?? '').toLowerCase();
  if (allowed.some((one) => one === host || one === nameOf(host))) return;
  throw new DomainError(
    'misdirected',
    `Host must be one of ${allowed.join(', ')}, was ${host === '' ? 'not given' : host.slice(0, 255)}: use such an address, or name this one in WEB_HOSTS`,
  );
}
