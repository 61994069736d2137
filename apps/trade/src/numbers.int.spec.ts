import { join } from 'node:path';
import * as testing from '@assay/testing';
import { startTrade, type TradeStack } from '../test/trade-stack';
import { refusesNonNumbers } from '../../../libs/testing/src/documents/refuses-non-numbers';

describe('a number that is none, wherever a body of the trade service takes one', () => {
  let trade: TradeStack;
  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  refusesNonNumbers({
    document: join(__dirname, '../../../docs/openapi/trade.json'),
    ...{ prefix: '/api/v1', leastPlaces: 20, schemas: ['bt', 'trade', 'refdata', 'market'] },
    query: (sql, parameters) => trade.sql.query(sql, parameters),
    send: (method, path, body, headers) => trade.call(method, path, body, { headers }),
  });
});
