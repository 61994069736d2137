import { serveApiDocs } from '@assay/platform';
import type { FastifyInstance } from 'fastify';

/** Where the paths of a document begin under this origin: its own are those of its service. */
const SERVICES = { research: undefined, trade: undefined, portfolio: '/portfolio' } as const;

/** The services' API documents under this origin, with requests to try as who is signed in. */
export function serveDocs(app: FastifyInstance): void {
  for (const service of ['research', 'trade', 'portfolio'] as const) {
    const path = `/docs/${service}`;
    serveApiDocs(app, {
      path,
      document: `${path}/openapi.json`,
      service,
      base: SERVICES[service],
      session: '/session',
    });
  }
}
