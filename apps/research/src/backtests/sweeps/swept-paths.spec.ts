import { assertSweptPaths, assertSweptUniversePaths } from './swept-paths';

describe('a path that is swept', () => {
  it.each(['features.0.params.window', 'signal.rule_tree.groups.0.rules.0.value', 'costs.fee_bps', 'sizing.annual'])(
    'may lead into what decides the trades: %s',
    (path) => expect(() => assertSweptPaths([{ path }])).not.toThrow(),
  );

  it.each(['ticker', 'timeframe', 'trading_period', 'history_anchor.source', 'artifact.sha256', 'model.pin.revision'])(
    'must not lead to the identity of a document or its bars: %s',
    (path) => {
      const refused = () => assertSweptPaths([{ path: 'costs.fee_bps' }, { path }]);
      expect(refused).toThrow(`params[1].path must lead into what decides the trades`);
    },
  );

  it.each(['features.0.params.window', 'cross_sections.0.kind', 'portfolio.select.k', 'costs.fee_bps'])(
    'of a universe may lead into features, comparisons, portfolio and costs: %s',
    (path) => expect(() => assertSweptUniversePaths([{ path }])).not.toThrow(),
  );

  it.each(['universe.0.group', 'market', 'mode', 'fill', 'trading_period', 'features', 'features.0.pin.revision'])(
    'of a universe must not lead elsewhere: %s',
    (path) => {
      const refused = () => assertSweptUniversePaths([{ path: 'costs.fee_bps' }, { path }]);
      expect(refused).toThrow('params[1].path must lead into features, cross_sections, portfolio, costs of a universe');
    },
  );
});
