import type { Venue } from '@assay/domain';
import * as testing from '@assay/testing';
import { venueContract } from '@assay/testing';
import { Bench } from '../../../test/bench';
import { silent } from '../../../test/broken-venues';
import type { TradeStack } from '../../../test/trade-stack';
import { sessionsBefore, startTrade } from '../../../test/trade-stack';
import type { PaperClient } from './client';
import { PaperVenue } from './venue';

jest.setTimeout(60_000);
// What a request does is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '20000';

describe('the paper venue keeps to the contract of venues', () => {
  const dates = sessionsBefore('US', '2024-06-01', 12);
  let trade: TradeStack;
  let symbols = 0;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
  });
  afterAll(() => trade?.close());

  venueContract(async () => {
    const symbol = `V${(symbols += 1)}`;
    const closes = dates.map(() => 100);
    const bench = await Bench.open(trade, { symbol, dates, closes, account: { fee_bps: 10 }, longOnly: false });
    const { venue, clock } = bench;
    let day = 1;
    const moveTo = (hour: number): void => clock.moveTo(Date.parse(`${dates[day]}T${hour}:00:00Z`));
    moveTo(21);
    const client = {
      transaction: () => Promise.reject(new Error('the connection was refused')),
      ping: () => Promise.reject(new Error('the connection was refused')),
    } as unknown as PaperClient;
    const parts = (venue as PaperVenue)['parts'];
    return {
      venue,
      symbol,
      lot: '1',
      unaffordableQty: '1000000',
      trade: async () => {
        day += 1;
        moveTo(21);
        await venue.getOrders();
      },
      messages: async (clientOrderId) => {
        const sql = 'SELECT count(*)::int AS n FROM paper.send_call WHERE client_order_id = $1';
        return (await trade.sql.query(sql, [clientOrderId])).rows[0].n;
      },
      losingAnswers: silent(venue) as Venue,
      down: new PaperVenue({ ...parts, client }),
    };
  });
});
