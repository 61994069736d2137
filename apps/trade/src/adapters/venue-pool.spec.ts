import type { VenueConnection } from '@assay/domain';
import type { DataSource } from 'typeorm';
import { OrderDesk } from '../../test/order-desk';
import type { SeriesStore } from '../bars/series-store';
import type { ReferenceDataStore } from '../records/reference-data/reference-data.store';
import type { PaperClient } from './paper/client';
import { PaperVenue } from './paper/venue';
import type { LiveAdapter } from './venue-pool';
import { VenuePool } from './venue-pool';

/** A pool over one account, paper or live, and what its adapter of BYBIT was asked. */
function poolOf(paper: boolean, connect: () => Promise<void> = async () => undefined) {
  const desk = new OrderDesk({ paper, broker: 'BYBIT' }, { paper, broker: 'BYBIT' });
  const asked: string[] = [];
  const adapter: LiveAdapter = ({ accountId }) => {
    asked.push(`made ${accountId}`);
    return {
      connect: () => (asked.push('connect'), connect()),
      disconnect: async () => void asked.push('disconnect'),
      health: async () => ({ reachable: true, tradable: true, clockSkewMs: 0 }),
      placeOrder: async () => void asked.push('placeOrder'),
    } as unknown as VenueConnection;
  };
  const pool = new VenuePool(
    { manager: desk.records.em } as DataSource,
    {} as SeriesStore,
    {} as PaperClient,
    desk.accounts,
    {} as ReferenceDataStore,
    new Map([['BYBIT', adapter]]),
  );
  const open = () => pool.open(desk.deployment, desk.context.clock);
  return { pool, desk, asked, open, made: `made ${desk.account.accountId}` };
}

describe('a live account', () => {
  it('has one connection, which is closed with the service', async () => {
    const { pool, open, asked, made } = poolOf(false);
    await Promise.all([open(), open()]);
    expect((await (await open()).health()).reachable).toBe(true);
    expect(asked).toEqual([made, 'connect']);
    await pool.onApplicationShutdown();
    expect(asked).toEqual([made, 'connect', 'disconnect']);
  });

  it('is connected anew after it could not be', async () => {
    let tries = 0;
    const { open, asked } = poolOf(false, async () => {
      tries += 1;
      if (tries === 1) throw new Error('refused');
    });
    await expect(open()).rejects.toThrow('refused');
    await open();
    expect(asked.filter((one) => one === 'connect')).toHaveLength(2);
  });

  it('is refused where its broker has no adapter', async () => {
    const { desk, open } = poolOf(false);
    desk.records.tables.accounts[0]!.broker = 'OKX';
    await expect(open()).rejects.toMatchObject({ code: 'live_not_allowed' });
  });

  it('is asked to change its book under the lock of the symbol only', async () => {
    const venue = await poolOf(false).open();
    const order = { clientOrderId: 'a', symbol: 'GOLD', side: 'BUY', qty: '1', type: 'MARKET' } as const;
    await expect(venue.placeOrder(order)).rejects.toThrow("are changed under the symbol's lock only");
  });
});

it('a paper account reaches the paper venue, whatever its broker has', async () => {
  const { desk, pool, open, asked } = poolOf(true);
  expect((await open()).capabilities.paper).toBe(true);
  expect(await pool['adapterFor'](desk.deployment, desk.context.clock)).toBeInstanceOf(PaperVenue);
  expect(asked).toEqual([]);
});
