import type { ResearchHarness } from '../research-harness';

export interface Route {
  method: string;
  /** As the document of the API has it: `/api/strategies/{id}`. */
  path: string;
}

export const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** Length of what the router prints before a line for each level it lies below the first. */
const INDENT = 4;
const LINE = /^([│├└─ ]+)(\S+)(?: \(([A-Z, ]+)\))?/;

/** Every route of the service, asked of the router that answers: one that no document names is there too. */
export function routesOf({ app }: ResearchHarness): Route[] {
  const above: string[] = [];
  const routes: Route[] = [];
  for (const line of app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }).trimEnd().split('\n')) {
    const [, before, part, methods] = LINE.exec(line) ?? [];
    if (before === undefined) throw new Error(`the router printed a line that is no route: ${line}`);
    const depth = before.length / INDENT - 1;
    above.splice(depth, Infinity, part!);
    const path = above.join('').replaceAll(/:(\w+)/g, '{$1}');
    // HEAD answers what GET does
    const own = (methods ?? '').split(', ').filter((method) => method !== '' && method !== 'HEAD');
    routes.push(...own.map((method) => ({ method, path })));
  }
  return routes;
}
