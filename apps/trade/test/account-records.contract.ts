import { newId } from '@assay/primitives/ids';
import type { OrderPathRecords } from './order-path-records';
import { at, givenRecords } from './order-path-records';
import { sampleAccount } from './sample-rows';

/** What services may expect of accounts, in memory as on a database. */
export function accountRecordsContract(open: () => Promise<OrderPathRecords>): void {
  const on = givenRecords(open);

  describe('accounts', () => {
    it('keep the first equity of a day and the highest of all', async () => {
      const { accountId } = on.d;
      for (const equity of ['1000', '1200', '1100']) {
        await on.r.run(async (em) => {
          await on.r.accounts.openDay(em, accountId, '2024-05-15', equity);
          await on.r.accounts.raisePeak(em, accountId, equity);
        });
      }
      const day = await on.r.run((em) => on.r.accounts.day(em, accountId, '2024-05-15'));
      expect(Number(day?.startEquity)).toBe(1000);
      expect(Number((await on.r.run((em) => on.r.accounts.get(em, accountId))).peakEquity)).toBe(1200);
      expect(await on.r.run((em) => on.r.accounts.day(em, accountId, '2024-05-16'))).toBeNull();
    });

    it('of a kind are those that trade in our time', async () => {
      const ownerId = newId();
      const account = sampleAccount({ ownerId });
      await on.r.run(async (em) => {
        await on.r.accounts.add(em, account);
        await on.r.accounts.add(em, sampleAccount({ ownerId, purpose: 'replay' }));
        await on.r.accounts.add(em, sampleAccount({ ownerId, currency: 'HKD' }));
      });
      const kind = { ownerId, broker: 'PAPER', paper: true, currency: 'USD' };
      const found = await on.r.run((em) => on.r.accounts.tradingOf(em, kind));
      expect(found.map((one) => one.accountId)).toEqual([account.accountId]);
      expect(await on.r.run((em) => on.r.accounts.add(em, account))).toBe(false);
    });
    it('are read alike by all who hold them, and kept as they are saved', async () => {
      const account = sampleAccount();
      const { accountId } = account;
      await on.r.run((em) => on.r.accounts.add(em, account));
      expect(await on.r.run((em) => on.r.accounts.find(em, accountId))).toEqual(account);
      const halted = { ...account, tradingState: 'HALTED', tradingStateReason: 'asked', version: 2 } as const;
      await on.r.run((em) => on.r.accounts.save(em, halted));
      const reads = await on.r.run(async (em) => [
        await on.r.accounts.find(em, accountId),
        await on.r.accounts.get(em, accountId),
        await on.r.accounts.lock(em, accountId),
        await on.r.accounts.tryLock(em, accountId),
      ]);
      expect(reads).toEqual([halted, halted, halted, halted]);
    });

    it('that are not there are null where they are looked for, and an error where they have to be', async () => {
      const gone = newId();
      const looked = await on.r.run(async (em) => [
        await on.r.accounts.find(em, gone),
        await on.r.accounts.tryLock(em, gone),
      ]);
      expect(looked).toEqual([null, null]);
      await expect(on.r.run((em) => on.r.accounts.get(em, gone))).rejects.toThrow();
      await expect(on.r.run((em) => on.r.accounts.lock(em, gone))).rejects.toThrow();
    });

    it('are found by their ids, each once', async () => {
      const account = sampleAccount();
      await on.r.run((em) => on.r.accounts.add(em, account));
      const { accountId } = account;
      const found = (...ids: string[]) => on.r.run((em) => on.r.accounts.withIds(em, ids));
      expect(await found(accountId, accountId, newId())).toEqual([account]);
      expect(await found(accountId, on.d.accountId)).toHaveLength(2);
      expect(await found()).toEqual([]);
    });

    it('come in pages of their owner, oldest first', async () => {
      const ownerId = newId();
      const made = [at(2), at(0), at(1)].map((createdAt) => sampleAccount({ ownerId, createdAt }));
      await on.r.run(async (em) => {
        for (const one of made) await on.r.accounts.add(em, one);
      });
      const page = (cursor?: string) => on.r.run((em) => on.r.accounts.page(em, ownerId, { limit: 2, cursor }));
      const first = await page();
      const rest = await page(first.next_cursor!);
      const ids = [...first.rows, ...rest.rows].map((one) => one.accountId);
      expect(ids).toEqual([made[1], made[2], made[0]].map((one) => one!.accountId));
      expect([first.rows.length, rest.next_cursor]).toEqual([2, null]);
    });
  });
}
