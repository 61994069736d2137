import type { StrategyDocument } from '@assay/contracts';
import { configHash } from '@assay/pipeline';
import type { EntityManager } from 'typeorm';
import { priceStrategy } from '../../test/documents';
import type { StrategySymbolEntity } from '../records/strategies/strategy-symbol.entity';
import type { StrategyStore } from '../records/strategies/strategy.store';
import { StrategyDocuments } from './strategy-documents';

const em = {} as EntityManager;
const documentOf = (ticker: string): StrategyDocument =>
  ({ ...priceStrategy(ticker), strategy_id: 's' }) as unknown as StrategyDocument;
const symbolOf = (symbol: string): StrategySymbolEntity => {
  const document = documentOf(symbol);
  return { symbol, document, documentHash: configHash(document) } as StrategySymbolEntity;
};
const promoted = {
  strategyId: 's',
  revision: 1,
  configJson: documentOf('AAA'),
  configHash: 'x',
  origin: 'research',
} as const;
const documents = (...symbols: string[]): StrategyDocuments =>
  new StrategyDocuments({ symbols: async () => symbols.map(symbolOf) } as unknown as StrategyStore);

describe('the document of a promoted strategy', () => {
  it.each([
    ['BBB', []],
    ['US.BBB', []],
    ['B-B', ['BBB']],
  ])('for %s, stored under %j, is that of its symbol', async (ticker, dataSymbols) => {
    expect((await documents('AAA', 'BBB').of(em, promoted, ticker, dataSymbols)).ticker).toBe('BBB');
  });

  it('is refused for a ticker that was not promoted: the first symbol has another model', async () => {
    await expect(documents('AAA', 'BBB').of(em, promoted, 'CCC')).rejects.toMatchObject({
      code: 'not_deployable',
      message: 'ticker must be one of AAA, BBB, which were promoted, was CCC',
    });
  });

  it('is refused where it is no longer what was hashed', async () => {
    const changed = { ...symbolOf('AAA'), documentHash: 'other' };
    const store = { symbols: async () => [changed] } as unknown as StrategyStore;
    await expect(new StrategyDocuments(store).of(em, promoted, 'AAA')).rejects.toMatchObject({
      code: 'evidence_mismatch',
    });
  });
});

it('a strategy that was sent has one document for every ticker', async () => {
  const document = documentOf('AAA');
  const sent = { ...promoted, configJson: document, configHash: configHash(document), origin: 'api' } as const;
  expect(await documents().of(em, sent, 'ANY')).toBe(document);
});
