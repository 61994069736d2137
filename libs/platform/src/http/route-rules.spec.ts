import { isSpooled, type RouteRules } from './route-rules';

describe('a body goes to disk', () => {
  const route: RouteRules = { file: true, spooledBy: 'background', bodyLimit: 100 };

  it.each<[string, boolean, RouteRules, Record<string, string>, Record<string, string>]>([
    ['where it is asked for', true, route, { 'content-type': 'text/csv' }, { background: 'true' }],
    ['where it says that it is longer than memory takes', true, route, { 'content-length': '101' }, {}],
    ['not where it is short', false, route, { 'content-length': '100' }, {}],
    ['not where that is declined', false, route, { 'content-length': '101' }, { background: 'false' }],
    ['not as JSON', false, route, { 'content-type': 'application/json; charset=utf-8' }, { background: 'true' }],
    ['not on a route without it', false, { file: true, bodyLimit: 100 }, { 'content-length': '101' }, {}],
    ['not on a route without files', false, { spooledBy: 'background' }, {}, { background: 'true' }],
  ])('%s', (_, expected, config, headers, query) => {
    expect(isSpooled({ routeOptions: { config }, headers, query })).toBe(expected);
  });
});
