import { isChange } from './methods';

describe('requests', () => {
  it.each([
    ['GET', 'deployments', false],
    ['POST', 'deployments', true],
    ['PATCH', 'deployments/1', true],
    ['DELETE', 'deployments/1', true],
    ['POST', 'deployments/1/dry-run', false],
    ['POST', 'deployments/1/run', true],
    ['POST', 'backtests/compare', false],
    ['POST', 'data/inspect?name=bars.csv', false],
    ['POST', 'data/import', true],
    ['POST', 'signals/explain', false],
    ['POST', 'signals/validate-rule-tree', false],
    ['POST', 'signals', true],
  ])('%s %s changes something: %s', (method, path, change) =>
    expect(isChange({ method, url: `http://here/api/v1/${path}` })).toBe(change),
  );
});
